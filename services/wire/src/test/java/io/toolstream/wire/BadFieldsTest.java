package io.toolstream.wire;

import static io.toolstream.wire.BadInput.CALL;
import static io.toolstream.wire.BadInput.arguments;
import static io.toolstream.wire.BadInput.bad;
import static io.toolstream.wire.BadInput.call;
import static io.toolstream.wire.CallRecords.header;
import static io.toolstream.wire.CallRecords.record;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values whose fields are not as they should be. */
final class BadFieldsTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({"fields", "argumentsAsText", "misspelt", "deadlines"})
    void decode_badInput_isRefused(BadInput bad) {
        bad.assertRefused();
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
}
