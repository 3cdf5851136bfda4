package io.toolstream.wire;

import static io.toolstream.wire.BadInput.CALL;
import static io.toolstream.wire.BadInput.arguments;
import static io.toolstream.wire.BadInput.bad;
import static io.toolstream.wire.BadInput.bytes;
import static io.toolstream.wire.CallRecords.record;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that are no JSON object of a reasonable size. */
final class BadSyntaxTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({"nothing", "encodings", "syntax", "shapes", "sizes"})
    void decode_badInput_isRefused(BadInput bad) {
        bad.assertRefused();
    }

    static Stream<BadInput> nothing() {
        return Stream.of(
                bad("tombstone", record((byte[]) null), ErrorCode.EMPTY, "no value (a tombstone)", "expected"),
                bad("empty", record(new byte[0]), ErrorCode.EMPTY, "empty value", "expected"),
                bad("whitespace", " \n\t ", ErrorCode.EMPTY, "nothing but whitespace", "a JSON object expected"));
    }

    static Stream<BadInput> encodings() {
        return Stream.of(
                bad("UTF-16", record(CALL.getBytes(StandardCharsets.UTF_16)), ErrorCode.NOT_UTF8, "at byte 0"),
                bad(
                        "UTF-16LE",
                        record(CALL.getBytes(StandardCharsets.UTF_16LE)),
                        ErrorCode.NOT_UTF8,
                        "at byte 0",
                        "UTF-16"),
                bad(
                        "UTF-16BE",
                        record(CALL.getBytes(StandardCharsets.UTF_16BE)),
                        ErrorCode.NOT_UTF8,
                        "at byte 0",
                        "UTF-16"),
                bad("BOM", "\ufeff" + CALL, ErrorCode.NOT_UTF8, "byte order mark stands at byte 0"),
                bad(
                        "Latin-1",
                        record("{\"tool\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)),
                        ErrorCode.NOT_UTF8,
                        "at byte 9"),
                bad("overlong", bytes("{\"tool\":\"", 0xC0, 0xAF, "\"}"), ErrorCode.NOT_UTF8, "at byte 9"),
                bad(
                        "surrogate in UTF-8",
                        bytes("{\"tool\":\"", 0xED, 0xA0, 0x80, "\"}"),
                        ErrorCode.NOT_UTF8,
                        "at byte 9"),
                bad(
                        "beyond Unicode",
                        bytes("{\"tool\":\"", 0xF4, 0x90, 0x80, 0x80, "\"}"),
                        ErrorCode.NOT_UTF8,
                        "at byte 9"),
                bad("cut character", bytes("{\"tool\":\"", 0xE2, 0x82), ErrorCode.NOT_UTF8, "at byte 9"),
                bad(
                        "high surrogate escaped",
                        "{\"tool\":\"\\ud800\"}",
                        ErrorCode.NOT_UTF8,
                        "half a surrogate pair",
                        "byte 9"),
                bad(
                        "low surrogate escaped",
                        "{\"tool\":\"\\uDFFF\"}",
                        ErrorCode.NOT_UTF8,
                        "half a surrogate pair",
                        "byte 9"),
                bad("two high", "{\"tool\":\"\\ud800\\ud800\"}", ErrorCode.NOT_UTF8, "half a surrogate pair", "byte 9"),
                bad("in a name", "{\"tool\":\"t\",\"\\udc00\":1}", ErrorCode.NOT_UTF8, "byte 13"),
                bad(
                        "Avro behind a registry prefix",
                        record(new byte[] {0, 0, 0, 0, 7, 2, 3}),
                        ErrorCode.NOT_UTF8,
                        "binary format"));
    }

    static Stream<BadInput> syntax() {
        return Stream.of(
                bad("ends in a string", "{\"tool\":\n\"rea", ErrorCode.MALFORMED_JSON, "ended inside a string", "2:5"),
                bad("ends in an escape", "{\"tool\":\"\\u00", ErrorCode.MALFORMED_JSON, "ended inside a string"),
                bad(
                        "ends in an object",
                        "{\"tool\":\"t\"",
                        ErrorCode.MALFORMED_JSON,
                        "before everything opened was closed",
                        "1:12"),
                bad(
                        "ends in arguments",
                        "{\"tool\":\"t\",\"arguments\":{\"a\":[1",
                        ErrorCode.MALFORMED_JSON,
                        "ended before"),
                bad("no comma", "{\"tool\":\"t\" \"a\":1}", ErrorCode.MALFORMED_JSON, "1:13", "comma", "expected"),
                bad("no quotes", "{\"tool\":secret}", ErrorCode.MALFORMED_JSON, "1:9", "expected"),
                bad("single quotes", "{'tool':'secret'}", ErrorCode.MALFORMED_JSON, "1:2", "double-quote", "expected"),
                bad("comment", "/* secret */" + CALL, ErrorCode.MALFORMED_JSON, "1:1"),
                bad("trailing comma", "{\"tool\":\"t\",}", ErrorCode.MALFORMED_JSON, "1:13", "expected"),
                bad("NaN", "{\"tool\":\"t\",\"arguments\":{\"a\":NaN}}", ErrorCode.MALFORMED_JSON, "not JSON at 1:"),
                bad(
                        "leading zero",
                        "{\"tool\":\"t\",\"arguments\":{\"a\":01}}",
                        ErrorCode.MALFORMED_JSON,
                        "not JSON at 1:"),
                bad("raw line feed", "{\"tool\":\"a\nb\"}", ErrorCode.MALFORMED_JSON, "not JSON at 1:"),
                bad("second document", CALL + "\n" + CALL, ErrorCode.TRAILING_JSON, "a second value begins at 2:1"),
                bad("superfluous bracket", CALL + "}", ErrorCode.TRAILING_JSON, "followed by something else", "1:13"),
                bad("garbage behind", CALL + "secret", ErrorCode.TRAILING_JSON, "followed by something else", "1:13"),
                bad("zero byte behind", CALL + "\0", ErrorCode.TRAILING_JSON, "followed by something else"),
                bad("text", "read the file", ErrorCode.MALFORMED_JSON, "1:1", "expected"));
    }

    static Stream<BadInput> shapes() {
        return Stream.of(
                bad("array", "[" + CALL + "]", ErrorCode.NOT_AN_OBJECT, "found an array", "a JSON object expected"),
                bad("string", "\"t\"", ErrorCode.NOT_AN_OBJECT, "found a string"),
                bad("number", "1", ErrorCode.NOT_AN_OBJECT, "found a number"),
                bad("null", "null", ErrorCode.NOT_AN_OBJECT, "found null"),
                bad("boolean", "true", ErrorCode.NOT_AN_OBJECT, "found a boolean"),
                bad(
                        "field twice",
                        "{\"tool\":\"a\",\n\"tool\":\"b\"}",
                        ErrorCode.DUPLICATE_KEY,
                        "/tool occurs twice",
                        "2:1"),
                bad(
                        "argument twice",
                        arguments("{\"a\":{\"b\":1,\"b\":1}}"),
                        ErrorCode.DUPLICATE_KEY,
                        "/arguments/a/b occurs twice"),
                bad(
                        "escaped the same",
                        arguments("{\"a\":1,\"\\u0061\":1}"),
                        ErrorCode.DUPLICATE_KEY,
                        "/arguments/a occurs twice"),
                bad(
                        "twice in _meta",
                        "{\"tool\":\"t\",\"_meta\":{\"a\":1,\"a\":1}}",
                        ErrorCode.DUPLICATE_KEY,
                        "/_meta/a occurs twice"),
                bad(
                        "twice in an array",
                        arguments("{\"a\":[{},{\"b\":1,\"b\":1}]}"),
                        ErrorCode.DUPLICATE_KEY,
                        "/arguments/a/1/b"));
    }

    static Stream<BadInput> sizes() {
        return Stream.of(
                bad(
                        "too large",
                        arguments("\"" + "x".repeat(1 << 20) + "\""),
                        ErrorCode.TOO_LARGE,
                        "1048603 bytes",
                        "at most 1048576 expected"),
                bad(
                        "65 levels",
                        arguments("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}"),
                        ErrorCode.TOO_DEEP,
                        "limit of 64 levels",
                        "at 1:"),
                bad("100,000 levels", arguments("[".repeat(100_000)), ErrorCode.TOO_DEEP, "limit of 64 levels"),
                bad(
                        "100,000 levels in a batch",
                        "{\"calls\":[" + "[".repeat(100_000),
                        ErrorCode.TOO_DEEP,
                        "limit of 1000 levels"),
                bad(
                        "100,000 digits",
                        arguments("{\"n\":" + "9".repeat(100_000) + "}"),
                        ErrorCode.NUMBER_TOO_LONG,
                        "/arguments/n",
                        "100000 characters",
                        "at most 1000"),
                bad(
                        "long name",
                        arguments("{\"" + "n".repeat(1_025) + "\":1}"),
                        ErrorCode.TOO_LARGE,
                        "1025 characters",
                        "at most 1024"),
                bad(
                        "many tokens",
                        arguments("[" + "1,".repeat(400_000) + "1]"),
                        ErrorCode.TOO_LARGE,
                        "more than 262144"));
    }
}
