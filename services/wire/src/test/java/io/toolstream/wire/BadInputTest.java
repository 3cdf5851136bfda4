package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.header;
import static io.toolstream.wire.CallRecords.record;
import static io.toolstream.wire.CallRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the decoder answers to each kind of bad input: the code, and a message that says what, where and what was expected. */
class BadInputTest {
    private static final String CALL = "{\"tool\":\"t\"}";

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "nothing",
        "encodings",
        "syntax",
        "shapes",
        "sizes",
        "fields",
        "argumentsAsText",
        "misspelt",
        "deadlines",
        "headers",
        "batches",
        "cloudEvents"
    })
    void decode_badInput_isRefused(BadInput bad) {
        DecodedRecord decoded = CallRecords.decode(bad.record());

        assertThat(decoded.calls()).allSatisfy(call -> {
            Refusal refusal = CallRecords.malformed(call).refusal();
            assertThat(refusal.code()).as(refusal.message()).isEqualTo(bad.code());
            assertThat(refusal.message()).contains(bad.parts()).doesNotContain("secret");
            assertThat(refusal.message().length()).isLessThan(400);
        });
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

    static Stream<BadInput> fields() {
        return Stream.of(
                bad("no tool", "{\"server\":\"s\"}", ErrorCode.MISSING_FIELD, "/tool is missing", "expected a string"),
                bad(
                        "Tool",
                        "{\"Tool\":\"t\"}",
                        ErrorCode.MISSING_FIELD,
                        "/tool is missing",
                        "found \"Tool\"",
                        "did you mean \"tool\"?"),
                bad("name", "{\"name\":\"t\"}", ErrorCode.MISSING_FIELD, "found \"name\"", "did you mean \"tool\"?"),
                bad("tool is a number", "{\"tool\":1}", ErrorCode.WRONG_TYPE, "/tool is a number, expected a string"),
                bad("tool is null", "{\"tool\":null}", ErrorCode.WRONG_TYPE, "/tool is null, expected a string"),
                bad(
                        "tool is empty",
                        "{\"tool\":\"\"}",
                        ErrorCode.INVALID_VALUE,
                        "/tool has 0 characters",
                        "expected 1 to 256"),
                bad(
                        "tool is long",
                        "{\"tool\":\"" + "t".repeat(257) + "\"}",
                        ErrorCode.INVALID_VALUE,
                        "/tool has 257 characters"),
                bad(
                        "tool with CR LF",
                        "{\"tool\":\"a\\r\\nb\"}",
                        ErrorCode.INVALID_VALUE,
                        "/tool contains control characters"),
                bad(
                        "server is an object",
                        "{\"tool\":\"t\",\"server\":{}}",
                        ErrorCode.WRONG_TYPE,
                        "/server is an object, expected a string"),
                bad(
                        "id with NUL",
                        "{\"tool\":\"t\",\"id\":\"\\u0000\"}",
                        ErrorCode.INVALID_VALUE,
                        "/id contains control characters"),
                bad(
                        "long id",
                        "{\"tool\":\"t\",\"id\":\"" + "i".repeat(129) + "\"}",
                        ErrorCode.INVALID_VALUE,
                        "/id has 129 characters"),
                bad(
                        "arguments is an array",
                        arguments("[]"),
                        ErrorCode.WRONG_TYPE,
                        "/arguments is an array, expected an object"),
                bad("arguments is null", arguments("null"), ErrorCode.WRONG_TYPE, "/arguments is null"),
                bad(
                        "progress",
                        call("\"progress\":\"yes\""),
                        ErrorCode.WRONG_TYPE,
                        "/progress is a string, expected a boolean"),
                bad(
                        "cache",
                        call("\"cache\":\"no\""),
                        ErrorCode.INVALID_VALUE,
                        "/cache is \"no\"",
                        "expected one of use, bypass, refresh"),
                bad(
                        "priority",
                        call("\"priority\":\"High\""),
                        ErrorCode.INVALID_VALUE,
                        "/priority is \"High\"",
                        "expected one of interactive, batch, replay"),
                bad(
                        "inputResponses",
                        call("\"inputResponses\":[]"),
                        ErrorCode.WRONG_TYPE,
                        "/inputResponses is an array, expected an object"),
                bad("_meta", call("\"_meta\":1"), ErrorCode.WRONG_TYPE, "/_meta is a number, expected an object"),
                bad(
                        "batch without id",
                        call("\"batch\":{\"index\":0,\"size\":1}"),
                        ErrorCode.MISSING_FIELD,
                        "/batch/id is missing"),
                bad(
                        "batch index",
                        call("\"batch\":{\"id\":\"b\",\"index\":3,\"size\":3}"),
                        ErrorCode.INVALID_VALUE,
                        "/batch/index is 3, expected 0 to 2"),
                bad(
                        "batch size",
                        call("\"batch\":{\"id\":\"b\",\"index\":0,\"size\":1.5}"),
                        ErrorCode.WRONG_TYPE,
                        "/batch/size is no integer"),
                bad(
                        "empty correlation id",
                        call("\"correlationId\":\"\""),
                        ErrorCode.INVALID_CORRELATION_ID,
                        "/correlationId has 0 bytes",
                        "expected 1 to 128"),
                bad(
                        "long correlation id",
                        call("\"correlationId\":\"" + "é".repeat(65) + "\""),
                        ErrorCode.INVALID_CORRELATION_ID,
                        "has 130 bytes"));
    }

    static Stream<BadInput> argumentsAsText() {
        return Stream.of(
                bad("no JSON", arguments("\"path=secret\""), ErrorCode.MALFORMED_JSON, "1:1 of /arguments", "expected"),
                bad(
                        "cut off",
                        arguments("\"{\\\"a\\\":\\\"secret\""),
                        ErrorCode.MALFORMED_JSON,
                        "ended inside a string",
                        "of /arguments"),
                bad("array", arguments("\"[1]\""), ErrorCode.NOT_AN_OBJECT, "found an array at /arguments"),
                bad("trailing", arguments("\"{} {}\""), ErrorCode.TRAILING_JSON, "a second value"),
                bad(
                        "duplicate",
                        arguments("\"{\\\"a\\\":1,\\\"a\\\":2}\""),
                        ErrorCode.DUPLICATE_KEY,
                        "/arguments/a occurs twice"),
                bad("deep", arguments("\"" + "[".repeat(70) + "\""), ErrorCode.NOT_AN_OBJECT, "found an array"),
                bad("deep object", arguments("\"{\\\"a\\\":" + "[".repeat(70) + "\""), ErrorCode.TOO_DEEP, "64"),
                bad(
                        "surrogate",
                        arguments("\"{\\\"a\\\":\\\"\\\\ud800\\\"}\""),
                        ErrorCode.NOT_UTF8,
                        "byte 6 of the text in /arguments"),
                bad(
                        "long number",
                        arguments("\"{\\\"a\\\":" + "1".repeat(1_001) + "}\""),
                        ErrorCode.NUMBER_TOO_LONG,
                        "/arguments/a"));
    }

    static Stream<BadInput> misspelt() {
        Stream<BadInput> fields = Stream.of(
                        List.of("idempotency_key", "idempotencyKey"),
                        List.of("idempotencykey", "idempotencyKey"),
                        List.of("Idempotency-Key", "idempotencyKey"),
                        List.of("idempotncyKey", "idempotencyKey"),
                        List.of("orderingKeys", "orderingKey"),
                        List.of("correlationID", "correlationId"),
                        List.of("correlation-id", "correlationId"),
                        List.of("timeout_ms", "timeoutMs"),
                        List.of("timeout", "timeoutMs"),
                        List.of("dead_line", "deadline"),
                        List.of("dealdine", "deadline"),
                        List.of("Tenant", "tenant"),
                        List.of("tenent", "tenant"),
                        List.of("tool_call_id", "toolCallId"),
                        List.of("TOOL", "tool"),
                        List.of("meta", "_meta"),
                        List.of("reply_to", "reply-to"),
                        List.of("replyPartition", "reply-partition"))
                .map(pair -> bad(
                        "field " + pair.get(0),
                        call("\"" + pair.get(0) + "\":\"secret\""),
                        ErrorCode.MISSPELT_FIELD,
                        "/" + pair.get(0) + " would be ignored",
                        "\"" + pair.get(1) + "\"?"));
        Stream<BadInput> headers = Stream.of(
                        List.of("Idempotency-Key", "idempotency-key"),
                        List.of("idempotency_key", "idempotency-key"),
                        List.of("idempotencyKey", "idempotency-key"),
                        List.of("idempotency-keys", "idempotency-key"),
                        List.of("reply_to", "reply-to"),
                        List.of("correlationID", "correlation-id"),
                        List.of("kafka_correlation_id", "kafka_correlationId"),
                        List.of("Priority", "priority"),
                        List.of("timeoutMs", "deadline"),
                        List.of("Toolstream-Version", "toolstream-version"))
                .map(pair -> bad(
                        "header " + pair.get(0),
                        record(CALL, header(pair.get(0), "secret")),
                        ErrorCode.MISSPELT_HEADER,
                        "header \"" + pair.get(0) + "\" would be ignored",
                        "did you mean \"" + pair.get(1) + "\"?"));
        return Stream.concat(fields, headers);
    }

    static Stream<BadInput> deadlines() {
        return Stream.of(
                bad(
                        "word",
                        record(CALL, header("deadline", "soon")),
                        ErrorCode.INVALID_DEADLINE,
                        "header \"deadline\"",
                        "epoch ms in digits"),
                bad(
                        "negative header",
                        record(CALL, header("deadline", "-1")),
                        ErrorCode.INVALID_DEADLINE,
                        "header \"deadline\""),
                bad(
                        "30 digits",
                        record(CALL, header("deadline", "9".repeat(30))),
                        ErrorCode.INVALID_DEADLINE,
                        "header \"deadline\""),
                bad(
                        "ten years",
                        record(CALL, header("deadline", "2115360000000")),
                        ErrorCode.INVALID_DEADLINE,
                        "at most 86400000 ms expected"),
                bad(
                        "25 hours",
                        call("\"timeoutMs\":90000000"),
                        ErrorCode.INVALID_DEADLINE,
                        "90000000 ms after",
                        "at most 86400000 ms"),
                bad("negative", call("\"timeoutMs\":-1"), ErrorCode.INVALID_DEADLINE, "/timeoutMs is -1", "0 or more"),
                bad(
                        "negative deadline",
                        call("\"deadline\":-1"),
                        ErrorCode.INVALID_DEADLINE,
                        "/deadline is -1",
                        "epoch ms"),
                bad(
                        "huge",
                        call("\"timeoutMs\":9223372036854775807"),
                        ErrorCode.INVALID_DEADLINE,
                        "at most 86400000 ms"),
                bad(
                        "beyond 64 bits",
                        call("\"deadline\":9223372036854775808"),
                        ErrorCode.WRONG_TYPE,
                        "/deadline is no integer"),
                bad("fraction", call("\"timeoutMs\":1.5"), ErrorCode.WRONG_TYPE, "/timeoutMs is no integer"),
                bad("exponent", call("\"timeoutMs\":1e999999999"), ErrorCode.WRONG_TYPE, "/timeoutMs is no integer"),
                bad(
                        "text",
                        call("\"deadline\":\"2027-01-01\""),
                        ErrorCode.WRONG_TYPE,
                        "/deadline is a string, expected an integer"),
                bad(
                        "both",
                        call("\"deadline\":1,\"timeoutMs\":1"),
                        ErrorCode.INVALID_DEADLINE,
                        "/deadline and /timeoutMs are both there"));
    }

    static Stream<BadInput> headers() {
        Header[] many =
                IntStream.range(0, 5_000).mapToObj(i -> header("x-" + i, "")).toArray(Header[]::new);
        return Stream.of(
                bad("5,000 headers", record(CALL, many), ErrorCode.INVALID_HEADER, "5000 headers, at most 64 expected"),
                bad(
                        "1 MB header",
                        record(CALL, header("x", "x".repeat(1 << 20))),
                        ErrorCode.INVALID_HEADER,
                        "1048577 bytes of headers, at most 32768 expected"),
                bad(
                        "binary key",
                        record(CALL, new Header("idempotency-key", new byte[] {(byte) 0xFF})),
                        ErrorCode.INVALID_HEADER,
                        "\"idempotency-key\" is not UTF-8"),
                bad(
                        "empty key",
                        record(CALL, header("idempotency-key", "")),
                        ErrorCode.INVALID_HEADER,
                        "\"idempotency-key\" has 0 characters"),
                bad(
                        "key with LF",
                        record(CALL, header("ordering-key", "a\nb")),
                        ErrorCode.INVALID_HEADER,
                        "\"ordering-key\" contains control characters"),
                bad(
                        "correlation id of 10 KiB",
                        record(CALL, header("correlation-id", "x".repeat(10_240))),
                        ErrorCode.INVALID_CORRELATION_ID,
                        "10240 bytes",
                        "expected 1 to 128"),
                bad(
                        "empty correlation id",
                        record(CALL, header("kafka_correlationId", "")),
                        ErrorCode.INVALID_CORRELATION_ID,
                        "\"kafka_correlationId\" has 0 bytes"),
                bad(
                        "partition -1",
                        record(CALL, header("reply-partition", "-1")),
                        ErrorCode.INVALID_HEADER,
                        "\"reply-partition\" is no partition",
                        "digits"),
                bad(
                        "binary partition -1",
                        record(CALL, new Header("kafka_replyPartition", new byte[] {-1, -1, -1, -1})),
                        ErrorCode.INVALID_HEADER,
                        "\"kafka_replyPartition\"",
                        "4 bytes"),
                bad(
                        "partition of three bytes",
                        record(CALL, new Header("kafka_replyPartition", new byte[3])),
                        ErrorCode.INVALID_HEADER,
                        "digits or 4 bytes"),
                bad(
                        "empty reply topic",
                        record(CALL, header("reply-to", "")),
                        ErrorCode.INVALID_HEADER,
                        "\"reply-to\" has 0 characters"),
                bad(
                        "priority",
                        record(CALL, header("priority", "urgent")),
                        ErrorCode.INVALID_HEADER,
                        "\"urgent\"",
                        "interactive, batch, replay"),
                bad(
                        "version 2",
                        record(CALL, header("toolstream-version", "2")),
                        ErrorCode.UNSUPPORTED_VERSION,
                        "\"2\"",
                        "expected \"1\""),
                bad(
                        "other tenant",
                        record(call("\"tenant\":\"b\""), header("tenant", "a")),
                        ErrorCode.TENANT_MISMATCH,
                        "/tenant is \"b\"",
                        "expected \"a\""));
    }

    static Stream<BadInput> batches() {
        return Stream.of(
                bad("no members", "{\"calls\":[]}", ErrorCode.INVALID_VALUE, "/calls has no members", "1 to 1000"),
                bad(
                        "1,001 members",
                        "{\"calls\":[" + (CALL + ",").repeat(1_000) + CALL + "]}",
                        ErrorCode.INVALID_VALUE,
                        "too many members"),
                bad("no array", "{\"calls\":{}}", ErrorCode.WRONG_TYPE, "/calls is an object, expected an array"),
                bad(
                        "call and calls",
                        "{\"tool\":\"t\",\"calls\":[" + CALL + "]}",
                        ErrorCode.INVALID_VALUE,
                        "/tool stands beside /calls"),
                bad(
                        "key beside calls",
                        "{\"idempotencyKey\":\"k\",\"calls\":[" + CALL + "]}",
                        ErrorCode.INVALID_VALUE,
                        "/idempotencyKey stands beside /calls",
                        "in each member"),
                bad(
                        "key in a header",
                        record("{\"calls\":[" + CALL + "]}", header("idempotency-key", "k")),
                        ErrorCode.INVALID_HEADER,
                        "\"idempotency-key\"",
                        "in each member"),
                bad(
                        "misspelt beside",
                        "{\"Deadline\":1,\"calls\":[" + CALL + "," + CALL + "]}",
                        ErrorCode.MISSPELT_FIELD,
                        "/Deadline would be ignored"),
                bad(
                        "broken behind",
                        "{\"calls\":[" + CALL + "," + CALL + "], nonsense",
                        ErrorCode.MALFORMED_JSON,
                        "not JSON at 1:"),
                bad("broken inside", "{\"calls\":[" + CALL + ",{]}", ErrorCode.MALFORMED_JSON, "not JSON at 1:"),
                bad("Calls", "{\"Calls\":[" + CALL + "]}", ErrorCode.MISSPELT_FIELD, "did you mean \"calls\"?"),
                bad(
                        "members of a wrong tenant",
                        record("{\"tenant\":\"b\",\"calls\":[" + CALL + "]}", header("tenant", "a")),
                        ErrorCode.TENANT_MISMATCH,
                        "/tenant is \"b\""));
    }

    static Stream<BadInput> cloudEvents() {
        Header structured = header("content-type", "application/cloudevents+json; charset=UTF-8");
        return Stream.of(
                bad(
                        "no data",
                        record("{\"specversion\":\"1.0\",\"id\":\"e\"}", structured),
                        ErrorCode.MISSING_FIELD,
                        "/data is missing"),
                bad(
                        "data is text",
                        record("{\"id\":\"e\",\"data\":\"secret\"}", structured),
                        ErrorCode.NOT_AN_OBJECT,
                        "found a string at /data"),
                bad(
                        "bad call in data",
                        record("{\"id\":\"e\",\"data\":{\"tool\":1}}", structured),
                        ErrorCode.WRONG_TYPE,
                        "/data/tool is a number"),
                bad(
                        "duplicate in the event",
                        record("{\"id\":\"e\",\"id\":\"e\",\"data\":" + CALL + "}", structured),
                        ErrorCode.DUPLICATE_KEY,
                        "/id occurs twice"),
                bad(
                        "duplicate in data",
                        record("{\"data\":{\"tool\":\"a\",\"tool\":\"b\"}}", structured),
                        ErrorCode.DUPLICATE_KEY,
                        "/data/tool occurs twice"),
                bad(
                        "events in a batch",
                        record("[]", header("content-type", "application/cloudevents-batch+json")),
                        ErrorCode.INVALID_HEADER,
                        "content-type",
                        "expected \"application/cloudevents+json\""));
    }

    private static String call(String fields) {
        return "{\"tool\":\"t\"," + fields + "}";
    }

    private static String arguments(String json) {
        return call("\"arguments\":" + json);
    }

    /** The bytes of texts and single bytes in a row. */
    private static InboundRecord bytes(Object... parts) {
        ByteBuffer buffer = ByteBuffer.allocate(256);
        for (Object part : parts) {
            if (part instanceof String text) {
                buffer.put(utf8(text));
            } else {
                buffer.put(((Integer) part).byteValue());
            }
        }
        return record(Arrays.copyOf(buffer.array(), buffer.position()));
    }

    private static BadInput bad(String name, String value, ErrorCode code, String... parts) {
        return bad(name, record(value), code, parts);
    }

    private static BadInput bad(String name, InboundRecord record, ErrorCode code, String... parts) {
        return new BadInput(name, record, code, parts);
    }

    /** A record, the code of its refusal, and what the message has to say. */
    record BadInput(String name, InboundRecord record, ErrorCode code, String... parts) {
        @Override
        public String toString() {
            return code.text() + ": " + name;
        }
    }
}
