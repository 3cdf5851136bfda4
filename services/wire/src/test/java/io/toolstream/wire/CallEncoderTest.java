package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.TIMESTAMP;
import static io.toolstream.wire.CallRecords.call;
import static io.toolstream.wire.CallRecords.decode;
import static io.toolstream.wire.CallRecords.header;
import static io.toolstream.wire.CallRecords.received;
import static io.toolstream.wire.CallRecords.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CallEncoderTest {
    private static final CallEncoder ENCODER = new CallEncoder();
    private static final TraceContext TRACE = new TraceContext("tp", "ts", "bg");

    private static final Call FULL = new Call(
            "c1",
            new Target("fs", "read \"é\""),
            RawJson.ofText("{ \"n\" : 1.50 }"),
            new ReplyRoute(
                    new byte[] {1, (byte) 0xFF},
                    "replies.a",
                    3,
                    List.of(
                            new Header("correlation-id", new byte[] {1, (byte) 0xFF}),
                            header("kafka_correlationId", "alias"),
                            header("traceparent", "tp"),
                            header("tracestate", "ts"),
                            header("baggage", "bg"))),
            new CallOptions(
                    TIMESTAMP + 1,
                    Priority.REPLAY,
                    CacheMode.REFRESH,
                    true,
                    "ik",
                    "ok",
                    RawJson.ofText("{\"q\":[]}"),
                    "state"),
            new CallContext(
                    "acme",
                    "tc",
                    RawJson.ofText("[1 ]"),
                    new BatchPosition("b", 1, 2),
                    TRACE,
                    RawJson.ofText("{\"m\":0}")));

    @Test
    void encode_everything_isDecodedTheSame() {
        OutboundRecord record = ENCODER.encode(FULL);

        assertThat(call(received(record))).isEqualTo(FULL);
        assertThat(record.key()).isEqualTo(utf8("ok"));
    }

    @Test
    void encode_little_writesLittle() {
        Call call = new Call(
                "c1",
                new Target(null, "t"),
                RawJson.EMPTY_OBJECT,
                new ReplyRoute(utf8("k"), null, null, List.of()),
                new CallOptions(TIMESTAMP, Priority.INTERACTIVE, CacheMode.USE, false, null, null, null, null),
                new CallContext(null, null, null, null, TraceContext.NONE, null));

        OutboundRecord record = ENCODER.encode(call);

        assertThat(record.key()).isNull();
        assertThat(new String(requireNonNull(record.value()), UTF_8))
                .isEqualTo("{\"id\":\"c1\",\"tool\":\"t\",\"arguments\":{}}");
        assertThat(record.headers().all())
                .containsExactly(header("correlation-id", "k"), header("deadline", Long.toString(TIMESTAMP)));
    }

    @Test
    void encode_idempotencyKeyAlone_isTheRecordsKey() {
        Call call = call("{\"tool\":\"t\",\"idempotencyKey\":\"ik\"}");

        assertThat(ENCODER.encode(call).key()).isEqualTo(utf8("ik"));
    }

    @Test
    void encode_members_areDecodedTheSame() {
        Call member = new Call(
                "m0",
                FULL.target(),
                FULL.arguments(),
                new ReplyRoute(utf8("k0"), "replies.a", null, List.of(header("traceparent", "tp"))),
                FULL.options(),
                new CallContext(
                        "acme",
                        "tc",
                        RawJson.ofText("1"),
                        new BatchPosition("b", 0, 2),
                        new TraceContext("tp", null, null),
                        null));
        Call other = call("{\"tool\":\"t\"}");
        ReplyRoute route = new ReplyRoute(utf8("all"), "replies.a", null, List.of(header("traceparent", "tp")));

        DecodedRecord decoded = decode(received(ENCODER.encode("b", route, List.of(member, other))));

        assertThat(decoded.calls().get(0)).isEqualTo(new DecodedCall.WellFormed(member));
        assertThat(decoded.calls().get(1)).isInstanceOf(DecodedCall.WellFormed.class);
        DecodedRecord.BatchClosing closing = requireNonNull(decoded.batch());
        assertThat(closing.id()).isEqualTo("b");
        assertThat(closing.size()).isEqualTo(2);
        assertThat(closing.route().correlationId()).isEqualTo(utf8("all"));
        assertThat(closing.route().topic()).isEqualTo("replies.a");
    }

    @Test
    void encode_memberWithBinaryCorrelationId_isABugOfTheCaller() {
        ReplyRoute route = new ReplyRoute(utf8("all"), null, null, List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ENCODER.encode("b", route, List.of(FULL)))
                .withMessageContaining("c1");
    }
}
