package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.TIMESTAMP;
import static io.toolstream.wire.CallRecords.call;
import static io.toolstream.wire.CallRecords.header;
import static io.toolstream.wire.CallRecords.malformed;
import static io.toolstream.wire.CallRecords.record;
import static io.toolstream.wire.CallRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallDecoderTest {
    @Test
    void decode_bareCallWithoutHeaders_takesDefaults() {
        Call call = call("{\"server\":\"fs\",\"tool\":\"read_file\",\"arguments\":{\"path\":\"README.md\"}}");

        assertThat(call.id()).isEqualTo("toolstream.calls-3-42");
        assertThat(call.target()).isEqualTo(new Target("fs", "read_file"));
        assertThat(call.arguments().text()).isEqualTo("{\"path\":\"README.md\"}");
        assertThat(call.route().correlationId()).isEqualTo(utf8("toolstream.calls-3-42"));
        assertThat(call.route().topic()).isNull();
        assertThat(call.route().partition()).isNull();
        assertThat(call.route().echoed()).isEmpty();
        assertThat(call.options())
                .isEqualTo(new CallOptions(
                        TIMESTAMP + 300_000, Priority.INTERACTIVE, CacheMode.USE, false, null, null, null, null));
        assertThat(call.context()).isEqualTo(new CallContext(null, null, null, null, TraceContext.NONE, null));
    }

    @Test
    void decode_everyField_readsAll() {
        Call call = call("""
                {"id": "c1", "server": "fs", "tool": "read", "arguments": { "a" : 1.50 }, "correlationId": "k-ü",
                 "timeoutMs": 2500, "idempotencyKey": "once", "orderingKey": "lane", "priority": "batch",
                 "cache": "bypass", "progress": true, "batch": {"id": "b", "index": 1, "size": 3},
                 "inputResponses": {"q": {}}, "requestState": "st", "toolCallId": "call_1\\n",
                 "conversation": [1, {"x": "é"}], "tenant": "acme", "_meta": {"k": 1e400}}""");

        assertThat(call.id()).isEqualTo("c1");
        assertThat(call.arguments().text()).isEqualTo("{ \"a\" : 1.50 }");
        assertThat(call.route().correlationId()).isEqualTo(utf8("k-ü"));
        assertThat(call.options())
                .isEqualTo(new CallOptions(
                        TIMESTAMP + 2_500,
                        Priority.BATCH,
                        CacheMode.BYPASS,
                        true,
                        "once",
                        "lane",
                        RawJson.ofText("{\"q\": {}}"),
                        "st"));
        assertThat(call.context())
                .isEqualTo(new CallContext(
                        "acme",
                        "call_1\n",
                        RawJson.ofText("[1, {\"x\": \"é\"}]"),
                        new BatchPosition("b", 1, 3),
                        TraceContext.NONE,
                        RawJson.ofText("{\"k\": 1e400}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ }",
                "{\"z\":1,\"a\":2,\"m\":[{\"y\":0,\"b\":null}]}",
                "{\"n\":[-0,-0.0,1E+2,1e999999,9223372036854775808,123456789012345678901234567890.10]}",
                "{\"s\":\"\\u00e9\\/\\ud83d\\ude00 é😀 \\\\u d800\"}",
                "{\r\n\t\"a\" :\t[ 1 ,2 ]\r\n}",
                "{\"@class\":\"javax.naming.InitialContext\",\"t\":[\"java.lang.Runtime\",{}]}",
                "{\"\":{\"\":\"\"}}",
            })
    void decode_arguments_areTheBytesTheyCameIn(String arguments) {
        assertThat(call("{\"x\":[{}],\"arguments\" :  " + arguments + "  ,\"tool\":\"t\"}")
                        .arguments()
                        .text())
                .isEqualTo(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"arguments\":{}", ",\"arguments\":\"\"", ",\"arguments\":\" \\n\""})
    void decode_withoutArguments_readsAnEmptyObject(String arguments) {
        assertThat(call("{\"tool\":\"t\"" + arguments + "}").arguments().text()).isEqualTo("{}");
    }

    @Test
    void decode_argumentsAsText_readsTheObjectInIt() {
        Call call = call("{\"tool\":\"t\",\"arguments\":\" {\\\"p\\\": \\\"\\u00e9\\\\n\\\",\\\"n\\\":1.0}\\n\"}");

        assertThat(call.arguments().text()).isEqualTo("{\"p\": \"é\\n\",\"n\":1.0}");
    }

    @Test
    void decode_headers_winOverTheValue() {
        Call call = call(
                """
                {"tool":"t","correlationId":"v","deadline":1,"idempotencyKey":"v","orderingKey":"v","priority":"batch",
                 "tenant":"acme"}""",
                header("correlation-id", "h"),
                header("reply-to", "replies.a"),
                header("reply-partition", "7"),
                header("deadline", Long.toString(TIMESTAMP + 5)),
                header("idempotency-key", "ik"),
                header("ordering-key", "ok"),
                header("tenant", "acme"),
                header("priority", "replay"),
                header("toolstream-version", "1"),
                header("traceparent", "00-1-2-01"),
                header("tracestate", "a=b"),
                header("baggage", "c=d"));

        assertThat(call.route().correlationId()).isEqualTo(utf8("h"));
        assertThat(call.route().topic()).isEqualTo("replies.a");
        assertThat(call.route().partition()).isEqualTo(7);
        assertThat(call.route().echoed())
                .extracting(Header::name)
                .containsExactly("correlation-id", "traceparent", "tracestate", "baggage");
        assertThat(call.options())
                .isEqualTo(
                        new CallOptions(TIMESTAMP + 5, Priority.REPLAY, CacheMode.USE, false, "ik", "ok", null, null));
        assertThat(call.context().tenant()).isEqualTo("acme");
        assertThat(call.context().trace()).isEqualTo(new TraceContext("00-1-2-01", "a=b", "c=d"));
    }

    @Test
    void decode_springHeaders_areReadAndEchoedByteForByte() {
        byte[] correlationId = {(byte) 0x80, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, (byte) 0xFF};
        Call call = call(
                "{\"tool\":\"t\"}",
                new Header("kafka_correlationId", correlationId),
                header("kafka_replyTopic", "replies.spring"),
                new Header(
                        "kafka_replyPartition",
                        ByteBuffer.allocate(4).putInt(11).array()),
                header("__TypeId__", "com.example.Evil"));

        assertThat(call.route().correlationId()).isEqualTo(correlationId);
        assertThat(call.route().topic()).isEqualTo("replies.spring");
        assertThat(call.route().partition()).isEqualTo(11);
        assertThat(call.route().echoed()).singleElement().satisfies(echoed -> {
            assertThat(echoed.name()).isEqualTo("kafka_correlationId");
            assertThat(echoed.value()).isSameAs(correlationId);
        });
    }

    @Test
    void decode_nestPartitionOfFourDigits_isText() {
        assertThat(call("{\"tool\":\"t\"}", header("kafka_replyPartition", "0012"))
                        .route()
                        .partition())
                .isEqualTo(12);
    }

    @Test
    void decode_ownAndAliasHeader_takesOwnAndEchoesBoth() {
        Call call = call("{\"tool\":\"t\"}", header("kafka_correlationId", "alias"), header("correlation-id", "own"));

        assertThat(call.route().correlationId()).isEqualTo(utf8("own"));
        assertThat(call.route().echoed())
                .extracting(Header::name)
                .containsExactly("correlation-id", "kafka_correlationId");
    }

    @Test
    void decode_headerTwice_lastCounts() {
        Call call = call("{\"tool\":\"t\"}", header("correlation-id", "a"), header("correlation-id", "b"));

        assertThat(call.route().correlationId()).isEqualTo(utf8("b"));
        assertThat(call.route().echoed()).hasSize(1);
    }

    @Test
    void decode_pastDeadline_isWellFormed() {
        assertThat(call("{\"tool\":\"t\"}", header("deadline", "0")).options().deadlineMillis())
                .isZero();
        assertThat(call("{\"tool\":\"t\",\"timeoutMs\":0}").options().deadlineMillis())
                .isEqualTo(TIMESTAMP);
    }

    @Test
    void decode_unknownFieldsAndHeaders_areIgnored() {
        Call call = call(
                "{\"tool\":\"t\",\"idempotent\":true,\"model\":{\"a\":[1]},\"cacheKey\":\"x\"}",
                header("spring_json_header_types", "{}"),
                header("x-request-id", "1"),
                header("Traceparent", "?"));

        assertThat(call.target().tool()).isEqualTo("t");
        assertThat(call.context().trace()).isEqualTo(TraceContext.NONE);
    }

    @Test
    void decode_schemaRegistryPrefix_isSkipped() {
        byte[] json = utf8("{\"tool\":\"t\",\"arguments\":{\"é\":1}}");
        byte[] value = ByteBuffer.allocate(5 + json.length)
                .put((byte) 0)
                .putInt(1234)
                .put(json)
                .array();

        assertThat(call(record(value)).arguments().text()).isEqualTo("{\"é\":1}");
    }

    @Test
    void decode_malformed_keepsTheIdentityThatCouldBeRead() {
        DecodedCall.Malformed call =
                malformed("""
                {"deadline": "soon", "id":"c1", "server":"fs", "tool":"read", "toolCallId":"tc", "tenant":"acme",
                 "batch":{"id":"b","index":0,"size":2}, "correlationId":"k"}""", header("reply-to", "replies.a"), header("traceparent", "00-1-2-01"));

        assertThat(call.refusal().code()).isEqualTo(ErrorCode.WRONG_TYPE);
        DecodedCall.CallIdentity identity = call.identity();
        assertThat(identity.id()).isEqualTo("c1");
        assertThat(identity.server()).isEqualTo("fs");
        assertThat(identity.tool()).isEqualTo("read");
        assertThat(identity.route().correlationId()).isEqualTo(utf8("k"));
        assertThat(identity.route().topic()).isEqualTo("replies.a");
        assertThat(identity.context())
                .isEqualTo(new CallContext(
                        "acme",
                        "tc",
                        null,
                        new BatchPosition("b", 0, 2),
                        new TraceContext("00-1-2-01", null, null),
                        null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"c1\",\"tool\":\"t\",\"arguments\":{\"a\":",
                "{\"id\":\"c1\",\"tool\":\"t\" \"arguments\":{}}",
                "{\"id\":\"c1\",\"tool\":\"t\",\"arguments\":{\"a\":\"\\ud800\"}}",
                "{\"id\":\"c1\",\"tool\":\"t\"}}",
                "{\"id\":\"c1\",\"tool\":\"t\",\"arguments\":{\"a\":1,\"a\":2}}",
            })
    void decode_broken_keepsTheFieldsBeforeTheBreak(String value) {
        DecodedCall.CallIdentity identity = malformed(value).identity();

        assertThat(identity.id()).isEqualTo("c1");
        assertThat(identity.tool()).isEqualTo("t");
        assertThat(identity.route().correlationId()).isEqualTo(utf8("c1"));
    }

    @Test
    void decode_tooLarge_keepsTheFieldsWithinTheLimit() {
        String value = "{\"id\":\"c1\",\"tool\":\"t\",\"arguments\":{\"a\":\"" + "x".repeat(1 << 20) + "\"}}";

        DecodedCall.Malformed call = malformed(value);

        assertThat(call.refusal().code()).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(call.identity().id()).isEqualTo("c1");
    }

    @Test
    void decode_notUtf8InArguments_keepsTheFieldsBefore() {
        byte[] value =
                "{\"id\":\"c1\",\"tool\":\"t\",\"arguments\":{\"a\":\"\u00e9\"}}".getBytes(StandardCharsets.ISO_8859_1);

        DecodedCall.Malformed call = malformed(record(value));

        assertThat(call.refusal())
                .isEqualTo(new Refusal(
                        ErrorCode.NOT_UTF8,
                        "no UTF-8 character begins at byte 40 of the value, UTF-8 without a byte order mark expected"));
        assertThat(call.identity().id()).isEqualTo("c1");
    }

    @Test
    void decode_forbiddenLookingReplyTopic_isLeftToTheAllowList() {
        assertThat(call("{\"tool\":\"t\"}", header("reply-to", "../x")).route().topic())
                .isEqualTo("../x");
    }
}
