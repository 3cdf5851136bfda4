package io.toolstream.it.worker;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.CallError;
import io.toolstream.wire.DeadLetter;
import io.toolstream.wire.Header;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in becomes a dead letter and, where a reply may go somewhere, a reply; and the partition goes on. */
@ExtendWith(SharedBroker.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
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
                        Caller.header("tenant", "yours")));
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

    static Stream<Header> forbidden() {
        return Stream.of(
                Caller.header("reply-to", "__consumer_offsets"),
                Caller.header("reply-to", "PREFIX.calls"),
                Caller.header("reply-to", "PREFIX.dead-letters"),
                Caller.header("reply-to", "other.replies"),
                Caller.header("reply-to", "PREFIX.team-nobody-made-this"),
                Caller.header("reply-to", "../x"),
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
