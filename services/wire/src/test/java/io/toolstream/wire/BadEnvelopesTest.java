package io.toolstream.wire;

import static io.toolstream.wire.BadInput.CALL;
import static io.toolstream.wire.BadInput.bad;
import static io.toolstream.wire.BadInput.call;
import static io.toolstream.wire.CallRecords.header;
import static io.toolstream.wire.CallRecords.record;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers, records of several calls and CloudEvents that are not as they should be. */
final class BadEnvelopesTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({"headers", "batches", "cloudEvents"})
    void decode_badInput_isRefused(BadInput bad) {
        bad.assertRefused();
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
}
