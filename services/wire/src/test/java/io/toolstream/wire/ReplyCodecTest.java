package io.toolstream.wire;

import static io.toolstream.wire.CallRecords.header;
import static io.toolstream.wire.CallRecords.received;
import static io.toolstream.wire.CallRecords.record;
import static io.toolstream.wire.CallRecords.utf8;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyCodecTest {
    private static final ReplyCodec CODEC = new ReplyCodec(WireLimits.DEFAULT);
    private static final ReplyRoute ROUTE = new ReplyRoute(utf8("k"), null, null, List.of());
    private static final ServedBy SERVED_BY = new ServedBy("worker-1", "none", null);
    private static final Timings TIMINGS = new Timings(1, 2, 3);

    private static final String OK = "{\"id\":\"c1\",\"correlationId\":\"k\",\"status\":\"ok\","
            + "\"result\":{ \"content\" : [], \"n\":1.0, \"s\":\"\\u00e9\" },\"server\":\"fs\",\"tool\":\"read\",\"attempts\":1,"
            + "\"servedBy\":{\"worker\":\"worker-1\",\"cache\":\"none\"},"
            + "\"timings\":{\"queueMs\":1,\"executeMs\":2,\"totalMs\":3},\"final\":true}";

    private static Reply ok() {
        return new Reply(
                new ReplyIdentity("c1", "k", "fs", "read", null, null, null),
                Status.OK,
                RawJson.ofText("{ \"content\" : [], \"n\":1.0, \"s\":\"\\u00e9\" }"),
                null,
                1,
                SERVED_BY,
                TIMINGS,
                true);
    }

    private static Reply failed() {
        return new Reply(
                new ReplyIdentity("c1", "k", null, null, "tc", new BatchPosition("b", 0, 2), "acme"),
                Status.UNAVAILABLE,
                null,
                new CallError(
                        "overloaded", "too much \"work\"", true, 250L, MayHaveRun.NO, RawJson.ofText("{\"a\" :1}")),
                0,
                new ServedBy("worker-1", "none", "r2"),
                TIMINGS,
                true,
                RawJson.ofText("{\"x\": 1e2}"));
    }

    @Test
    void encode_ok_copiesTheResultAsItIs() {
        OutboundRecord record = CODEC.encode(ok(), ROUTE);

        assertThat(new String(requireNonNull(record.value()), UTF_8)).isEqualTo(OK);
        assertThat(record.key()).isEqualTo(utf8("k"));
        assertThat(record.headers().all())
                .containsExactly(
                        header("correlation-id", "k"),
                        header("toolstream-status", "ok"),
                        header("toolstream-final", "true"));
    }

    /** What a tool answered is the caller's to judge: a reply that carries it must not get lost for it. */
    @Test
    void decode_resultWithNamesTwice_isCarriedAsItIs() {
        String result = "{\"content\":[{\"a\":1,\"a\":2}],\"x\":1,\"x\":2}";
        byte[] value = utf8(OK.replaceFirst("\\{ \"content.*?\\}", Matcher.quoteReplacement(result)));

        DecodedReply decoded = CODEC.decode(record(value));

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        DecodedReply.WellFormed.class,
                        wellFormed -> assertThat(
                                        requireNonNull(wellFormed.reply().result())
                                                .text())
                                .contains("\"x\":2"));
    }

    @Test
    void decode_ourOwnFieldTwice_isMalformed() {
        byte[] value = utf8(OK.replace("\"attempts\":1", "\"attempts\":1,\"attempts\":2"));

        assertThat(CODEC.decode(record(value))).isInstanceOf(DecodedReply.Malformed.class);
    }

    /** Lines and columns count within the nested object. */
    @Test
    void decode_ourNestedFieldTwice_isMalformedAndSaysWhere() {
        byte[] value = utf8(OK.replace("\"queueMs\":1", "\"queueMs\":1,\"queueMs\":1"));

        assertThat(CODEC.decode(record(value)))
                .isEqualTo(new DecodedReply.Malformed("/timings/queueMs occurs twice, at 1:14 again"));
    }

    @Test
    void encode_echoedHeaders_areSetByteForByteAndOnce() {
        byte[] id = {(byte) 0xC3, 0x28};
        List<Header> echoed = List.of(
                new Header("correlation-id", id), new Header("kafka_correlationId", id), header("traceparent", "tp"));

        OutboundRecord record = CODEC.encode(ok(), new ReplyRoute(id, null, null, echoed));

        assertThat(record.headers().all())
                .startsWith(echoed.toArray(Header[]::new))
                .hasSize(5);
        assertThat(record.headers().last("kafka_correlationId").orElseThrow()).isSameAs(id);
    }

    @Test
    void decode_whatWasEncoded_isTheSame() {
        assertThat(CODEC.decode(received(CODEC.encode(ok(), ROUTE)))).isEqualTo(new DecodedReply.WellFormed(ok()));
        assertThat(CODEC.decode(received(CODEC.encode(failed(), ROUTE))))
                .isEqualTo(new DecodedReply.WellFormed(failed()));
    }

    @Test
    void decode_batchReply_isTheClosingOne() {
        BatchReply reply = new BatchReply("b", "k", 3, Map.of(Status.OK, 2, Status.REJECTED, 1), "acme");

        OutboundRecord record = CODEC.encode(reply, ROUTE);

        assertThat(new String(requireNonNull(record.value()), UTF_8))
                .isEqualTo("{\"id\":\"b\",\"correlationId\":\"k\",\"status\":\"batch\",\"size\":3,"
                        + "\"counts\":{\"ok\":2,\"rejected\":1},\"tenant\":\"acme\",\"final\":true}");
        assertThat(record.headers().lastText("toolstream-status")).contains("batch");
        assertThat(CODEC.decode(received(record))).isEqualTo(new DecodedReply.Closing(reply));
    }

    @Test
    void decode_fieldsOfLaterVersions_areIgnored() {
        String later = OK.replace("\"final\":true", "\"final\":true,\"future\":{\"a\":[1,{}]}")
                .replace("\"cache\":\"none\"", "\"cache\":\"l3\",\"zone\":7");

        assertThat(CODEC.decode(record(later))).isInstanceOf(DecodedReply.WellFormed.class);
    }

    @Test
    void decode_progress_needsNeitherResultNorError() {
        String progress = OK.replaceAll("\"result\":\\{.*?\\},", "").replace("\"final\":true", "\"final\":false");

        assertThat(CODEC.decode(record(progress))).isInstanceOf(DecodedReply.WellFormed.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"id\":\"c1\", | | /id is missing",
                "\"status\":\"ok\" | \"status\":\"done\" | /status is \"done\", expected one of ok, tool_error",
                "\"status\":\"ok\" | \"status\":\"failed\" | /error is missing",
                "\"attempts\":1 | \"attempts\":-1 | /attempts is -1, expected 0",
                "\"attempts\":1 | \"attempts\":\"1\" | /attempts is a string",
                "\"queueMs\":1, | | /timings/queueMs is missing",
                "\"worker\":\"worker-1\", | | /servedBy/worker is missing",
                "\"final\":true | \"final\":\"true\" | /final is a string",
                "\"final\":true} | \"final\":true | ended before",
                "\"id\":\"c1\", | \"id\":\"c1\",\"id\":\"c2\", | /id occurs twice",
                "{ \"content\" : [], | [ | not JSON",
                "{\"id\" | [{\"id\" | found an array",
            })
    void decode_malformed_saysWhatAndWhere(String part, String instead, String why) {
        assertThat(OK).contains(part);
        String value = OK.replace(part, instead == null ? "" : instead);

        assertThat(CODEC.decode(record(value)))
                .isInstanceOfSatisfying(
                        DecodedReply.Malformed.class,
                        malformed -> assertThat(malformed.why()).contains(why));
    }

    @Test
    void decode_noValueOrTooMuch_isMalformed() {
        ReplyCodec small = new ReplyCodec(new WireLimits(
                10, 10, 64, 100, 8, 100, WireLimits.DEFAULT.defaultDeadline(), WireLimits.DEFAULT.maxDeadline()));
        byte[] large = utf8(OK.replace("\"n\":1.0", "\"n\":\"" + "x".repeat(300_000) + "\""));

        assertThat(CODEC.decode(record((byte[]) null))).isInstanceOf(DecodedReply.Malformed.class);
        assertThat(CODEC.decode(record(new byte[] {(byte) 0xFF}))).isInstanceOf(DecodedReply.Malformed.class);
        assertThat(CODEC.decode(record(large))).isInstanceOf(DecodedReply.WellFormed.class);
        assertThat(small.decode(record(large)))
                .isInstanceOfSatisfying(
                        DecodedReply.Malformed.class,
                        malformed -> assertThat(malformed.why()).contains("at most"));
    }

    @Test
    void decode_countsThatDoNotAddUp_areMalformed() {
        assertThat(CODEC.decode(record("{\"id\":\"b\",\"correlationId\":\"k\",\"status\":\"batch\",\"size\":3,"
                        + "\"counts\":{\"ok\":1,\"later\":2},\"final\":true}")))
                .isInstanceOfSatisfying(
                        DecodedReply.Malformed.class,
                        malformed -> assertThat(malformed.why()).contains("/counts add up to 1"));
    }
}
