package io.toolstream.it.worker;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.ScriptedTool;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.CallError;
import io.toolstream.wire.DeadLetter;
import io.toolstream.wire.Header;
import io.toolstream.wire.Headers;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in becomes a dead letter and, where a reply may go somewhere, a reply; and the partition goes on. */
@ExtendWith(SharedBroker.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class BadRecordsTest {
    private static final int PARTITION = 1;
    private static final String ECHO = "\"server\":\"tools\",\"tool\":\"echo\"";

    private final AtomicInteger sent = new AtomicInteger();
    private final ScriptedToolServer tools = ScriptedToolServer.start();
    private final Pipeline pipeline;
    private final Worker worker;
    private final Caller caller;

    BadRecordsTest(TestCluster cluster) throws Exception {
        pipeline = Pipeline.fresh(cluster);
        tools.add(ScriptedTool.of(
                "odd", "{\"$ref\":\"https://schemas.example/odd.json\"}", (arguments, wanted) -> Answer.text("never")));
        worker = pipeline.worker("w1", Pipeline.http("tools", tools));
        caller = new Caller(pipeline);
    }

    @AfterAll
    void close() {
        worker.close();
        caller.close();
        tools.close();
    }

    /** A record and the code it is refused with. */
    record Bad(String what, byte @Nullable [] value, String code, List<Header> headers) {
        static Bad of(String what, String value, String code, Header... headers) {
            return new Bad(what, value.getBytes(UTF_8), code, List.of(headers));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Bad> refused() {
        return Stream.of(
                new Bad("no value", null, "empty", List.of()),
                Bad.of("empty value", "", "empty"),
                new Bad("not UTF-8", new byte[] {'{', '"', (byte) 0xff, '"', '}'}, "not-utf8", List.of()),
                new Bad("UTF-16", ("{" + ECHO + "}").getBytes(UTF_16), "not-utf8", List.of()),
                Bad.of("truncated", "{\"server\":\"tools\",\"to", "malformed-json"),
                Bad.of("two documents", "{" + ECHO + "}{}", "trailing-json"),
                Bad.of("an array", "[{" + ECHO + "}]", "not-an-object"),
                Bad.of("a number", "42", "not-an-object"),
                Bad.of("a key twice", "{" + ECHO + ",\"tool\":\"fail\"}", "duplicate-key"),
                Bad.of("no tool", "{\"server\":\"tools\"}", "missing-field"),
                Bad.of("misspelt field", "{" + ECHO + ",\"idempotency_key\":\"k\"}", "misspelt-field"),
                Bad.of("misspelt header", "{" + ECHO + "}", "misspelt-header", Caller.header("idempotency_key", "k")),
                Bad.of("tool of a wrong type", "{\"server\":\"tools\",\"tool\":7}", "wrong-type"),
                Bad.of("too deep", "{" + ECHO + ",\"arguments\":" + nested(100_000) + "}", "too-deep"),
                Bad.of(
                        "number too long",
                        "{" + ECHO + ",\"arguments\":{\"n\":" + "9".repeat(100_000) + "}}",
                        "number-too-long"),
                Bad.of(
                        "too large",
                        "{" + ECHO + ",\"arguments\":{\"a\":\"" + "x".repeat(1_200_000) + "\"}}",
                        "too-large"),
                Bad.of("unknown server", "{\"server\":\"tolls\",\"tool\":\"echo\"}", "unknown-server"),
                Bad.of("unknown tool", "{\"server\":\"tools\",\"tool\":\"ecco\"}", "unknown-tool"),
                Bad.of("tool without a server", "{\"tool\":\"echo\"}", "unknown-tool"),
                Bad.of(
                        "arguments that break the schema",
                        "{\"server\":\"tools\",\"tool\":\"add\",\"arguments\":{\"a\":\"x\"}}",
                        "invalid-arguments"),
                Bad.of("deadline that has passed", "{" + ECHO + ",\"deadline\":1}", "deadline-passed"),
                Bad.of(
                        "deadline that is none",
                        "{" + ECHO + "}",
                        "invalid-deadline",
                        Caller.header("deadline", "soon")),
                Bad.of("deadline too far", "{" + ECHO + ",\"timeoutMs\":999999999999}", "invalid-deadline"),
                Bad.of(
                        "another version",
                        "{" + ECHO + "}",
                        "unsupported-version",
                        Caller.header("toolstream-version", "2")),
                Bad.of(
                        "a tenant of its own",
                        "{" + ECHO + ",\"tenant\":\"mine\"}",
                        "tenant-mismatch",
                        Caller.header("tenant", "yours")),
                Bad.of("half a surrogate pair", "{" + ECHO + ",\"arguments\":{\"a\":\"\\ud800\"}}", "not-utf8"),
                Bad.of("a cache of its own", "{" + ECHO + ",\"cache\":{\"tenant\":\"other\"}}", "wrong-type"),
                Bad.of("5,000 headers", "{" + ECHO + "}", "invalid-header", many(5_000)),
                Bad.of("1 MB header", "{" + ECHO + "}", "invalid-header", Caller.header("x", "x".repeat(1_000_000))),
                Bad.of("partition -1", "{" + ECHO + "}", "invalid-header", Caller.header("reply-partition", "-1")),
                Bad.of("line break in a name", "{\"server\":\"tools\",\"tool\":\"a\\r\\nb\"}", "invalid-value"),
                Bad.of("257 characters of a name", "{\"tool\":\"" + "t".repeat(257) + "\"}", "invalid-value"),
                Bad.of("name that turns the writing", "{\"server\":\"tools\",\"tool\":\"\u202eohce\"}", "unknown-tool"),
                Bad.of("tool with a schema that leads outside", "{\"tool\":\"tools__odd\"}", "tool-disabled"));
    }

    private static Header[] many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Caller.header("x-" + i, "1"))
                .toArray(Header[]::new);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void badRecord_isAnsweredAndKept_andTheNextIsServed(Bad bad) throws Exception {
        String correlationId = "bad-" + sent.incrementAndGet();

        List<Header> headers = new ArrayList<>(bad.headers());
        headers.add(Caller.header("correlation-id", correlationId));
        caller.send(PARTITION, bad.value(), headers.toArray(Header[]::new));
        goodCallIsServed();

        Reply reply = await().until(() -> replies(correlationId), replies -> !replies.isEmpty())
                .get(0);
        CallError error = Objects.requireNonNull(reply.error());
        assertThat(error.code()).isEqualTo(bad.code());
        assertThat(reply.status()).isIn(Status.REJECTED, Status.EXPIRED);
        assertThat(error.mayHaveRun()).isEqualTo(MayHaveRun.NO);
        assertThat(error.message()).isNotBlank().hasSizeLessThan(1_000);
        DeadLetter kept = deadLetter(correlationId);
        assertThat(kept.code()).isEqualTo(bad.code());
        assertThat(kept.original().value()).isEqualTo(bad.value());
        assertThat(kept.original().position().partition()).isEqualTo(PARTITION);
    }

    /** Odd, and yet a call: arguments, correlation id and headers as they are. */
    record Odd(String what, String fields, String correlationId, List<Header> headers) {
        static Odd of(String what, String fields, Header... headers) {
            return new Odd(what, fields, what.replace(' ', '-'), List.of(headers));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Odd> odd() {
        return Stream.of(
                Odd.of("unknown fields", ",\"model\":{\"a\":[1]},\"cacheKey\":\"x\",\"arguments\":{}"),
                Odd.of("an effect of its own", ",\"effect\":\"read\",\"idempotent\":true,\"arguments\":{}"),
                Odd.of("numbers at the edge", ",\"arguments\":{\"n\":[1e999999,-0,9223372036854775808,0.10,1E+2]}"),
                Odd.of(
                        "names of classes",
                        ",\"@class\":\"javax.script.ScriptEngineManager\",\"arguments\":{\"@class\":\"java.net.URL\",\"a\":[\"java.io.File\",{}]}",
                        Caller.header("__TypeId__", "javax.naming.InitialContext"),
                        new Header("java-object", new byte[] {(byte) 0xac, (byte) 0xed, 0, 5})),
                Odd.of(
                        "words of replies and dead letters",
                        ",\"arguments\":{\"a\":1}",
                        Caller.header("toolstream-status", "failed"),
                        Caller.header("toolstream-final", "false"),
                        Caller.header("toolstream-attempts", "99"),
                        Caller.header("toolstream-replay-of", "somebody"),
                        Caller.header("toolstream-replays", "no number")),
                new Odd("correlation id of one byte", ",\"arguments\":{}", "\u0000", List.of()),
                new Odd("correlation id with line breaks", ",\"arguments\":{}", "a\r\nERROR forged", List.of()),
                new Odd("correlation id with an emoji", ",\"arguments\":{}", "\ud83d\ude80", List.of()));
    }

    @ParameterizedTest
    @MethodSource("odd")
    void oddRecord_isServedAsItIs(Odd odd) throws Exception {
        String id = "odd-" + sent.incrementAndGet();
        List<Header> headers = new ArrayList<>(odd.headers());
        headers.add(Caller.header("correlation-id", odd.correlationId()));
        headers.add(Caller.header("correlation-id", odd.correlationId()));
        String value = "{\"id\":\"" + id + "\"," + ECHO + odd.fields() + "}";

        caller.send(PARTITION, value.getBytes(UTF_8), headers.toArray(Header[]::new));

        Reply reply = caller.reply(id);
        assertThat(reply.status()).isEqualTo(Status.OK);
        assertThat(reply.attempts()).isEqualTo(1);
        Headers answered = caller.replyRecord(id).headers();
        assertThat(answered.last("correlation-id")).hasValue(odd.correlationId().getBytes(UTF_8));
        assertThat(answered.all().stream().map(Header::name))
                .doesNotHaveDuplicates()
                .doesNotContain("__TypeId__");
        assertThat(answered.lastText("toolstream-status")).hasValue("ok");
        assertThat(answered.lastText("toolstream-final")).hasValue("true");
        String arguments = odd.fields().substring(odd.fields().lastIndexOf("\"arguments\":") + 12);
        assertThat(tools.calls()).anyMatch(call -> call.arguments().equals(arguments));
    }

    @Test
    void sameCorrelationIdTwice_namesTwoCalls() throws Exception {
        Header same = Caller.header("correlation-id", "shared");
        caller.send(PARTITION, ("{\"id\":\"twin-1\"," + ECHO + ",\"arguments\":{\"a\":1}}").getBytes(UTF_8), same);
        caller.send(PARTITION, ("{\"id\":\"twin-2\"," + ECHO + ",\"arguments\":{\"a\":2}}").getBytes(UTF_8), same);

        assertThat(caller.reply("twin-1").result())
                .isNotEqualTo(caller.reply("twin-2").result());
        assertThat(replies("shared")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 32_472_144_000_000L})
    void timestampOfAnotherCentury_isTheBrokersNotTheCallers(long millis) throws Exception {
        String id = "late-" + sent.incrementAndGet();
        byte[] value = ("{\"id\":\"" + id + "\"," + ECHO + ",\"timeoutMs\":20000,\"arguments\":{}}").getBytes(UTF_8);

        sendWith(Map.of(), new ProducerRecord<>(pipeline.topics().calls(), PARTITION, millis, null, value));

        Reply reply = caller.reply(id);
        assertThat(reply.status()).isEqualTo(Status.OK);
        assertThat(reply.timings().totalMs()).isLessThan(20_000);
    }

    @Test
    void smallRecordThatUnpacksToALargeOne_isRefusedAndKeptByItsPosition() throws Exception {
        byte[] value = ("{" + ECHO + ",\"arguments\":{\"a\":\"" + "x".repeat(24_000_000) + "\"}}").getBytes(UTF_8);
        ProducerRecord<byte[], byte[]> bomb =
                new ProducerRecord<>(pipeline.topics().calls(), PARTITION, null, null, value);
        bomb.headers().add("correlation-id", "bomb".getBytes(UTF_8));

        sendWith(Map.of("compression.type", "gzip"), bomb);
        goodCallIsServed();

        Reply reply =
                await().until(() -> replies("bomb"), seen -> !seen.isEmpty()).get(0);
        assertThat(Objects.requireNonNull(reply.error()).code()).isEqualTo("too-large");
        DeadLetter kept = await().until(
                        () -> caller.deadLetters().stream()
                                .filter(letter -> letter.code().equals("too-large"))
                                .filter(letter -> letter.original().value() == null)
                                .toList(),
                        found -> !found.isEmpty())
                .get(0);
        assertThat(kept.original().position().partition()).isEqualTo(PARTITION);
    }

    @Test
    void recordLargerThanItsTopicTakes_isNeverAccepted() {
        ProducerRecord<byte[], byte[]> large =
                new ProducerRecord<>(pipeline.topics().calls(), PARTITION, null, null, new byte[3_000_000]);

        assertThatThrownBy(() -> sendWith(Map.of(), large)).hasCauseInstanceOf(RecordTooLargeException.class);
    }

    /** As a client would that keeps no limit of its own. */
    private void sendWith(Map<String, Object> settings, ProducerRecord<byte[], byte[]> record) throws Exception {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", pipeline.cluster().connection().bootstrapServers());
        all.put("max.request.size", 64 << 20);
        all.put("buffer.memory", 64L << 20);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get(60, TimeUnit.SECONDS);
        }
    }

    static Stream<Header> forbidden() {
        return Stream.of(
                Caller.header("reply-to", "__consumer_offsets"),
                Caller.header("reply-to", "PREFIX.calls"),
                Caller.header("reply-to", "PREFIX.dead-letters"),
                Caller.header("reply-to", "other.replies"),
                Caller.header("reply-to", "PREFIX.team-nobody-made-this"),
                Caller.header("reply-to", "../x"),
                Caller.header("reply-to", "PREFIX.Replies"),
                Caller.header("reply-to", "PREFIX.team-*"),
                Caller.header("reply-to", ".*"),
                Caller.header("kafka_replyTopic", "__consumer_offsets"),
                Caller.header("reply-partition", "99999"));
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void forbiddenReplyRoute_isKeptAndAnsweredNowhere(Header route) throws Exception {
        String correlationId = "bad-" + sent.incrementAndGet();
        String prefix = pipeline.topics().prefix();
        String value = new String(route.value(), UTF_8).replace("PREFIX.", prefix);

        caller.send(
                PARTITION,
                ("{\"id\":\"" + correlationId + "\"," + ECHO + "}").getBytes(UTF_8),
                Caller.header(route.name(), value),
                Caller.header("correlation-id", correlationId));
        goodCallIsServed();

        assertThat(deadLetter(correlationId).code()).isEqualTo("reply-route-forbidden");
        assertThat(replies(correlationId)).isEmpty();
        assertThat(tools.calls()).noneMatch(call -> call.toString().contains(correlationId));
    }

    private void goodCallIsServed() throws Exception {
        String id = "good-" + sent.incrementAndGet();
        caller.send(PARTITION, ("{\"id\":\"" + id + "\"," + ECHO + ",\"arguments\":{}}").getBytes(UTF_8));
        assertThat(caller.reply(id).status()).isEqualTo(Status.OK);
    }

    private List<Reply> replies(String correlationId) {
        return caller.replies().stream()
                .filter(reply -> reply.identity().correlationId().equals(correlationId))
                .toList();
    }

    private DeadLetter deadLetter(String correlationId) {
        return await().until(
                        () -> caller.deadLetters().stream()
                                .filter(letter -> letter.original()
                                        .headers()
                                        .lastText("correlation-id")
                                        .filter(correlationId::equals)
                                        .isPresent())
                                .toList(),
                        found -> !found.isEmpty())
                .get(0);
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }
}
