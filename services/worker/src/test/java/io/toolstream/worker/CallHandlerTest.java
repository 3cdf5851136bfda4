package io.toolstream.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.Progress;
import io.toolstream.mcp.ToolResult;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.settings.Effect;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.wire.BatchReply;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.CallError;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.DeadLetter;
import io.toolstream.wire.DeadLetterCodec;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.DecodedRecord;
import io.toolstream.wire.DecodedReply;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Event;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.EventsRecord;
import io.toolstream.wire.Header;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.Status;
import io.toolstream.wire.TopicNames;
import io.toolstream.wire.WireLimits;
import io.toolstream.worker.admission.Admission;
import io.toolstream.worker.admission.ArgumentsRule;
import io.toolstream.worker.catalogue.CatalogueSnapshot;
import io.toolstream.worker.catalogue.ServerTools;
import io.toolstream.worker.effects.EffectLedger;
import io.toolstream.worker.effects.MemoryEffectLog;
import io.toolstream.worker.effects.Recollection;
import io.toolstream.worker.fixture.FakePublisher;
import io.toolstream.worker.fixture.FakePublisher.Sent;
import io.toolstream.worker.fixture.FakeToolServer;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.ManualTimer;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.mcp.Route;
import io.toolstream.worker.mcp.Routes;
import io.toolstream.worker.meter.CallMeters;
import io.toolstream.worker.parking.MemoryParkedTopic;
import io.toolstream.worker.reply.Persistence;
import io.toolstream.worker.reply.PersistentPublisher;
import io.toolstream.worker.reply.ReplyRouter;
import io.toolstream.worker.reply.Settlement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallHandlerTest {
    private static final TopicNames TOPICS = TopicNames.DEFAULT;
    private static final String READ = "{\"id\":\"c1\",\"server\":\"fs\",\"tool\":\"read\",\"arguments\":{}}";
    private static final String PAY = "{\"id\":\"c2\",\"server\":\"fs\",\"tool\":\"pay\",\"arguments\":{}}";

    private final ManualClock clock = new ManualClock();
    private final ManualTimer timer = new ManualTimer();
    private final FakePublisher broker = new FakePublisher()
            .withTopic(TOPICS.replies(), 4)
            .withTopic("svc.replies", 2)
            .withTopic(TOPICS.events(), 2);
    private final FakeToolServer server = new FakeToolServer("fs");
    private CatalogueSnapshot catalogue = new CatalogueSnapshot(List.of(new ServerTools(
            "fs",
            new Condition(Health.HEALTHY, null),
            true,
            Map.of(
                    "read", ToolFixtures.tool("fs", "read", Effect.READ),
                    "pay", ToolFixtures.tool("fs", "pay", Effect.ONCE)),
            Map.of())));
    private final ManualTimer probes = new ManualTimer();
    private final Resilience resilience = Resilience.start(probes, Runnable::run, new Meters(), change -> {});
    private final Cancellations cancellations = new Cancellations();
    private final CallHandler handler = handler(new CallDecoder(WireLimits.DEFAULT)::decode);
    private boolean isHeld = true;

    @AfterEach
    void stop() {
        probes.shutdownNow();
    }

    @Test
    void handle_goodCall_isAnsweredAndTold() {
        clock.advance(Duration.ofMillis(40));

        assertThat(handle(READ)).isCompleted();

        Reply reply = onlyReply();
        assertThat(reply.status()).isEqualTo(Status.OK);
        assertThat(reply.result()).isEqualTo(RawJson.ofText(FakeToolServer.RESULT));
        assertThat(reply.identity().id()).isEqualTo("c1");
        assertThat(reply.identity().correlationId()).isEqualTo("c1");
        assertThat(reply.identity().server()).isEqualTo("fs");
        assertThat(reply.servedBy().worker()).isEqualTo("worker");
        assertThat(reply.timings().totalMs())
                .isEqualTo(reply.timings().queueMs() + reply.timings().executeMs())
                .isGreaterThanOrEqualTo(40);
        assertThat(onlyEvent().ending().status()).isEqualTo(Status.OK);
        assertThat(deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void handle_progress_isToldToWhoAskedForIt_andNotAfterTheEnd(boolean isWanted) {
        CompletableFuture<ToolResult> running = new CompletableFuture<>();
        server.onCall = request -> running;
        var unused = handle(READ.replace("{}}", "{},\"progress\":" + isWanted + "}"));
        CallListener listener = server.requests.get(0).listener();

        listener.onProgress(new Progress(1, 4.0, null));
        running.complete(FakeToolServer.result("{}"));
        listener.onProgress(new Progress(4, 4.0, null));

        assertThat(replies())
                .extracting(Reply::isFinal)
                .containsExactly(isWanted ? new Boolean[] {false, true} : new Boolean[] {true});
        if (isWanted) {
            assertThat(requireNonNull(replies().get(0).meta()).text())
                    .isEqualTo("{\"progress\":{\"progress\":1,\"total\":4}}");
            assertThat(replies().get(0).identity()).isEqualTo(replies().get(1).identity());
        }
        assertThat(events()).hasSize(1);
    }

    @Test
    void handle_recordFromTheFuture_hasNoNegativeTimes() {
        clock.advance(Duration.ofSeconds(-100));

        assertThat(handle(READ)).isCompleted();

        assertThat(onlyReply().timings().queueMs()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"toolstream.replies", "toolstream.dead-letters", "toolstream.events"})
    void handle_isNotAcknowledgedWhileAnythingOfItIsNot(String topic) {
        broker.hold(topic);

        CompletableFuture<?> handled = handle("{\"server\":\"fs\",\"tool\":\"nothing\"}");

        assertThat(broker.sentTo(topic)).hasSize(1);
        assertThat(handled).isNotDone();
        broker.release();
        assertThat(handled).isCompleted();
        assertThat(broker.sent()).hasSize(3);
    }

    @Test
    void handle_closingReplyOfABatch_isAwaitedToo() {
        server.onCall = request -> {
            broker.hold(TOPICS.replies());
            return CompletableFuture.completedFuture(FakeToolServer.result("{}"));
        };
        CompletableFuture<?> handled = handle("{\"calls\":[" + READ + "]}");
        assertThat(handled).isNotDone();

        broker.release();
        assertThat(handled).isCompleted();
        assertThat(broker.sentTo(TOPICS.replies())).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "{\"tool\":1}",
                "{\"server\":\"fs\"}",
                "{\"server\":\"fs\",\"tool\":\"read\",\"tool\":\"pay\"}",
                "{\"server\":\"fs\",\"tool\":\"read\",\"idempotency_key\":\"k\"}",
                "{\"server\":\"nobody\",\"tool\":\"read\"}",
                "{\"server\":\"fs\",\"tool\":\"nothing\"}",
                "{\"server\":\"fs\",\"tool\":\"read\",\"deadline\":1}",
            })
    void handle_callThatCannotBeExecuted_isAnsweredAndKept(String value) {
        assertThat(handle(value)).isCompleted();

        assertThat(server.requests).isEmpty();
        assertThat(onlyReply().status()).isIn(Status.REJECTED, Status.EXPIRED);
        assertThat(onlyError().mayHaveRun()).isEqualTo(MayHaveRun.NO);
        assertThat(onlyDeadLetter().original().value()).isEqualTo(value.getBytes(UTF_8));
        assertThat(onlyDeadLetter().code()).isEqualTo(onlyError().code());
        assertThat(onlyEvent().ending().code()).isEqualTo(onlyError().code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"toolstream.calls", "__consumer_offsets", "somewhere", "../x"})
    void handle_forbiddenReplyTopic_executesNothingAndAnswersNowhere(String topic) {
        assertThat(handle(READ, Records.header("reply-to", topic))).isCompleted();

        assertThat(server.requests).isEmpty();
        assertThat(broker.sent())
                .extracting(Sent::topic)
                .containsExactlyInAnyOrder(TOPICS.deadLetters(), TOPICS.events());
        assertThat(onlyDeadLetter().code()).isEqualTo(ErrorCode.REPLY_ROUTE_FORBIDDEN.text());
    }

    @Test
    void handle_replyGoesWhereAsked_withTheCorrelationIdAsItCame() {
        byte[] id = {0, 1, 2, (byte) 0xff, (byte) 0xfe, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

        CompletableFuture<?> handled = handle(
                READ,
                new Header("correlation-id", id),
                Records.header("reply-to", "svc.replies"),
                Records.header("reply-partition", "1"));

        assertThat(handled).isCompleted();
        Sent reply = broker.sentTo("svc.replies").get(0);
        assertThat(reply.partition()).isEqualTo(1);
        assertThat(reply.record().key()).isEqualTo(id);
        assertThat(reply.record().headers().last("correlation-id")).hasValue(id);
        assertThat(decoded(reply).identity().correlationId()).startsWith("base64:");
    }

    @ParameterizedTest
    @CsvSource({"pay, IN_DOUBT, outcome-unknown", "read, FAILED, timed-out"})
    void handle_timeout_dependsOnTheEffect(String tool, Status status, String code) {
        server.fails(McpException.Kind.TIMEOUT, McpException.Delivery.MAYBE);

        assertThat(handle("{\"server\":\"fs\",\"tool\":\"" + tool + "\"}")).isCompleted();

        assertThat(onlyReply().status()).isEqualTo(status);
        assertThat(onlyError().code()).isEqualTo(code);
        assertThat(onlyError().mayHaveRun()).isEqualTo(MayHaveRun.MAYBE);
        assertThat(onlyReply().attempts()).isEqualTo(1);
        assertThat(onlyDeadLetter().code()).isEqualTo(code);
    }

    @Test
    void handle_callThatClaimsAnEffect_changesNothing() {
        server.fails(McpException.Kind.TIMEOUT, McpException.Delivery.MAYBE);

        assertThat(handle("{\"server\":\"fs\",\"tool\":\"pay\",\"effect\":\"read\",\"idempotent\":true}"))
                .isCompleted();

        assertThat(onlyReply().status()).isEqualTo(Status.IN_DOUBT);
    }

    @Test
    void handle_serverThatCannotBeReached_saysThatNothingRan() {
        server.fails(McpException.Kind.CONNECT, McpException.Delivery.NOT_SENT);

        assertThat(handle(PAY)).isCompleted();

        assertThat(onlyReply().status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(onlyError().retryable()).isTrue();
        assertThat(onlyError().mayHaveRun()).isEqualTo(MayHaveRun.NO);
    }

    @Test
    void handle_replyTopicThatVanished_keepsTheCall() {
        broker.refuse("svc.replies", Kind.DESTINATION);

        assertThat(handle(READ, Records.header("reply-to", "svc.replies"))).isCompleted();

        assertThat(replies()).isEmpty();
        assertThat(onlyDeadLetter().code()).isEqualTo(ErrorCode.REPLY_UNDELIVERABLE.text());
        assertThat(onlyEvent().ending().status()).isEqualTo(Status.OK);
    }

    @Test
    void handle_replyTooLargeForItsTopic_tellsTheCallerAndKeepsTheCall() {
        broker.refuse(TOPICS.replies(), Kind.TOO_LARGE);

        assertThat(handle(READ)).isCompleted();

        assertThat(onlyReply().status()).isEqualTo(Status.FAILED);
        assertThat(onlyError().code()).isEqualTo(ErrorCode.RESULT_TOO_LARGE.text());
        assertThat(onlyError().mayHaveRun()).isEqualTo(MayHaveRun.YES);
        assertThat(onlyDeadLetter().code()).isEqualTo(ErrorCode.REPLY_UNDELIVERABLE.text());
    }

    @Test
    void handle_deadLetterTooLarge_isKeptByItsPosition() {
        broker.refuse(TOPICS.deadLetters(), Kind.TOO_LARGE);

        assertThat(handle("nonsense")).isCompleted();

        assertThat(onlyDeadLetter().original().value()).isNull();
        assertThat(onlyDeadLetter().original().position().topic()).isEqualTo("toolstream.calls");
        assertThat(onlyDeadLetter().message()).contains("larger than this topic takes");
    }

    @Test
    void handle_whileTheBrokerIsAway_isNotAcknowledged() {
        broker.refuse(TOPICS.replies(), Kind.TRANSIENT, Kind.TRANSIENT);

        CompletableFuture<?> handled = handle(READ);

        assertThat(handled).isNotDone();
        timer.runNext();
        assertThat(handled).isNotDone();
        timer.runNext();
        assertThat(handled).isCompleted();
        assertThat(server.requests).hasSize(1);
        assertThat(replies()).hasSize(1);
    }

    @Test
    void handle_withABrokenProducer_failsSoThatNothingIsCommitted() {
        broker.refuse(TOPICS.replies(), Kind.FATAL);

        assertThat(handle(READ)).isCompletedExceptionally();
    }

    @Test
    void handle_withABrokenProducerAfterItsPartitionWasLost_concernsNobody() {
        server.onCall = request -> {
            isHeld = false;
            return CompletableFuture.completedFuture(FakeToolServer.result("{}"));
        };
        broker.refuse(TOPICS.replies(), Kind.FATAL);

        assertThat(handle(READ)).isCompleted();
    }

    @Test
    void handle_withoutItsPartition_doesNothing() {
        isHeld = false;

        assertThat(handle(READ)).isCompleted();

        assertThat(server.requests).isEmpty();
        assertThat(broker.sent()).isEmpty();
    }

    @Test
    void handle_dispatchedBeforeThePartitionWasLost_isAnswered() {
        CompletableFuture<ToolResult> answer = new CompletableFuture<>();
        server.onCall = request -> answer;
        CompletableFuture<?> handled = handle(READ);

        isHeld = false;
        answer.complete(FakeToolServer.result("{}"));

        assertThat(handled).isCompleted();
        assertThat(onlyReply().status()).isEqualTo(Status.OK);
    }

    @Test
    void handle_batch_answersEachAndCloses() {
        CompletableFuture<?> handled = handle(
                "{\"calls\":[" + READ + ",{\"id\":\"m1\",\"server\":\"fs\",\"tool\":\"nothing\"}," + PAY + "]}",
                Records.header("correlation-id", "the-batch"));

        assertThat(handled).isCompleted();
        Map<String, Status> statuses = replies().stream()
                .collect(Collectors.toMap(reply -> reply.identity().id(), Reply::status));
        assertThat(statuses)
                .containsExactlyInAnyOrderEntriesOf(Map.of("c1", Status.OK, "m1", Status.REJECTED, "c2", Status.OK));
        assertThat(replies())
                .allSatisfy(reply -> assertThat(
                                requireNonNull(reply.identity().batch()).size())
                        .isEqualTo(3));
        List<Sent> sent = broker.sentTo(TOPICS.replies());
        Sent last = sent.get(sent.size() - 1);
        assertThat(closing(last).counts()).isEqualTo(Map.of(Status.OK, 2, Status.REJECTED, 1));
        assertThat(last.record().headers().lastText("correlation-id")).hasValue("the-batch");
        assertThat(onlyDeadLetter().failure().member()).isEqualTo(1);
        assertThat(new String(onlyDeadLetter().original().value(), UTF_8))
                .isEqualTo("{\"id\":\"m1\",\"server\":\"fs\",\"tool\":\"nothing\"}");
        assertThat(events()).extracting(event -> event.origin().member()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void handle_largeBatch_runsAFewAtATime() {
        Queue<CompletableFuture<ToolResult>> running = new ArrayDeque<>();
        server.onCall = request -> {
            CompletableFuture<ToolResult> answer = new CompletableFuture<>();
            running.add(answer);
            return answer;
        };
        String member = "{\"server\":\"fs\",\"tool\":\"read\"}";

        CompletableFuture<?> handled = handle("{\"calls\":[" + (member + ",").repeat(999) + member + "]}");

        assertThat(running).as("as many as there are permits").hasSize(10);
        for (int i = 0; i < 1_000; i++) {
            running.remove().complete(FakeToolServer.result("{}"));
            assertThat(running).hasSizeLessThanOrEqualTo(32);
        }
        assertThat(handled).isCompleted();
        assertThat(broker.sentTo(TOPICS.replies())).hasSize(1_001);
    }

    @Test
    void handle_batchWhosePartitionIsLostMidway_stopsWithoutClosing() {
        server.onCall = request -> {
            isHeld = false;
            return CompletableFuture.completedFuture(FakeToolServer.result("{}"));
        };

        assertThat(handle("{\"calls\":[" + READ + "," + PAY + "]}")).isCompleted();

        assertThat(server.requests).hasSize(1);
        assertThat(broker.sentTo(TOPICS.replies())).hasSize(1);
    }

    @Test
    void handle_stageThatMeetsABug_isAnsweredWithoutItsDetails() {
        server.onCall = request -> {
            throw new IllegalStateException("hunter2");
        };

        assertThat(handle(READ)).isCompleted();

        assertThat(onlyError().code()).isEqualTo(ErrorCode.INTERNAL.text());
        assertThat(onlyError().message()).doesNotContain("hunter2");
    }

    @Test
    void condemned_isAnsweredAndKept_andNotRun() {
        CompletionStage<?> handled = handler.condemned(Records.of(READ), () -> isHeld, 3);

        assertThat(handled.toCompletableFuture()).isCompleted();
        assertThat(server.requests).isEmpty();
        assertThat(onlyReply().status()).isEqualTo(Status.FAILED);
        assertThat(onlyError().code()).isEqualTo(ErrorCode.POISON.text());
        assertThat(onlyError().mayHaveRun()).isEqualTo(MayHaveRun.MAYBE);
        assertThat(onlyDeadLetter().code()).isEqualTo(ErrorCode.POISON.text());
        assertThat(events()).hasSize(1);
    }

    @Test
    void condemned_thatEndsItsWorkerEvenSo_isKeptWithoutBeingDecoded() {
        CallHandler deadly = handler(record -> {
            throw new StackOverflowError("as told");
        });
        InboundRecord record =
                Records.of(PAY, Records.header("correlation-id", "k"), Records.header("reply-to", "svc.replies"));
        assertThat(deadly.condemned(record, () -> isHeld, 3).toCompletableFuture())
                .as("the third time it is decoded, so that its calls can be answered")
                .isCompletedExceptionally();

        assertThat(deadly.condemned(record, () -> isHeld, 4).toCompletableFuture())
                .isCompleted();

        assertThat(onlyDeadLetter().code()).isEqualTo("poison");
        assertThat(onlyDeadLetter().original().value()).isEqualTo(record.value());
        assertThat(onlyReply().identity().correlationId()).isEqualTo("k");
        assertThat(onlyError().mayHaveRun()).isEqualTo(MayHaveRun.MAYBE);
        assertThat(broker.sentTo("svc.replies")).hasSize(1);
        assertThat(onlyEvent().ending().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void handle_readAgainWhileItsToolIsNotKnown_isAnsweredWithWhatTheLedgerRemembers() {
        InboundRecord record = Records.of(PAY);
        assertThat(handle(record)).isCompleted();
        assertThat(onlyReply().status()).isEqualTo(Status.OK);

        catalogue = unread();
        assertThat(handle(record)).isCompleted();

        assertThat(replies()).extracting(Reply::status).containsExactly(Status.OK, Status.OK);
        assertThat(replies().get(1).attempts()).isZero();
    }

    @Test
    void handle_whileItsToolIsNotKnown_isUnavailable_andStaysSoForThatRecordAlone() {
        CatalogueSnapshot known = catalogue;
        catalogue = unread();
        InboundRecord record = Records.of(PAY);
        assertThat(handle(record)).isCompleted();
        assertThat(onlyError().code()).isEqualTo("server-unavailable");

        catalogue = known;
        assertThat(handle(record)).isCompleted();
        assertThat(replies().get(1).status())
                .as("it was said that it did not run")
                .isEqualTo(Status.UNAVAILABLE);
        assertThat(handle(PAY)).isCompleted();
        assertThat(replies().get(2).status()).isEqualTo(Status.OK);
    }

    @Test
    void handle_lateWhileItsToolIsNotKnown_isExpired() {
        catalogue = unread();
        clock.advance(Duration.ofMinutes(10));

        assertThat(handle(PAY)).isCompleted();

        assertThat(onlyReply().status()).isEqualTo(Status.EXPIRED);
    }

    private static CatalogueSnapshot unread() {
        Condition down = new Condition(Health.UNHEALTHY, "connection refused");
        return new CatalogueSnapshot(List.of(new ServerTools("fs", down, false, Map.of(), Map.of())));
    }

    @Test
    void condemned_batch_answersEveryMember() {
        var unused = handler.condemned(Records.of("{\"calls\":[" + READ + "," + PAY + "]}"), () -> isHeld, 3);

        assertThat(server.requests).isEmpty();
        assertThat(replies()).hasSize(2).allMatch(reply -> reply.status() == Status.FAILED);
        assertThat(deadLetters()).hasSize(2);
    }

    @Test
    void handle_membersOfOneOrderingKey_runOneAfterTheOther() {
        Queue<CompletableFuture<ToolResult>> running = new ArrayDeque<>();
        server.onCall = request -> {
            CompletableFuture<ToolResult> call = new CompletableFuture<>();
            running.add(call);
            return call;
        };
        String keyed = "{\"server\":\"fs\",\"tool\":\"read\",\"orderingKey\":\"k\"}";
        CompletableFuture<?> handled = handle("{\"calls\":[" + keyed + "," + READ + "," + keyed + "," + keyed + "]}");

        assertThat(running).hasSize(2);
        running.remove().completeExceptionally(new IllegalStateException("however it ends"));
        assertThat(running).as("the free one and the next of the key").hasSize(2);
        running.remove().complete(FakeToolServer.result("{}"));
        assertThat(running).hasSize(1);
        running.remove().complete(FakeToolServer.result("{}"));
        running.remove().complete(FakeToolServer.result("{}"));
        assertThat(handled).isCompleted();
    }

    private CompletableFuture<?> handle(String value, Header... headers) {
        return handle(Records.of(value, headers));
    }

    private CompletableFuture<?> handle(InboundRecord record) {
        return handler.handle(record, () -> isHeld).toCompletableFuture();
    }

    private CallHandler handler(Function<InboundRecord, DecodedRecord> decoder) {
        Persistence callers = Persistence.withCallersTopics(timer, Runnable::run);
        Persistence ours = Persistence.withOwnTopics(timer, Runnable::run);
        CallMeters meters = CallMeters.of(new Meters());
        EffectLedger ledger = MemoryEffectLog.ledger(clock);
        Stations stations = new Stations(
                new CallSlots(100),
                new Mover(new PersistentPublisher(broker, ours), TOPICS, 4),
                cancellations,
                new ReplyRouter(TOPICS, List.of("svc.*"), broker, callers),
                new Admission(
                        () -> catalogue,
                        server -> CompletableFuture.completedFuture(null),
                        List.of(new ArgumentsRule()),
                        Runnable::run,
                        clock),
                new Recollection(ledger, 4, Runnable::run, clock),
                invoker(
                        ledger,
                        new Invokers.Shared(
                                meters,
                                resilience,
                                InvokersTest.limits(new Meters()),
                                stale -> {},
                                Runnable::run,
                                clock)),
                MemoryParkedTopic.lot(),
                Settlement.of(
                        new Settlement.Outlets(
                                new PersistentPublisher(broker, callers),
                                new PersistentPublisher(broker, ours),
                                broker),
                        new ReplyCodec(WireLimits.DEFAULT),
                        TOPICS,
                        WorkerSettings.DEFAULT,
                        clock),
                meters);
        return new CallHandler(decoder, stations, Runnable::run, clock);
    }

    private Invoker invoker(EffectLedger ledger, Invokers.Shared shared) {
        Route route = new Route(Invokers.server(List.of(ToolFixtures.endpoint(server)), shared));
        return Invokers.nest(
                new Routes(Map.of("fs", route)), new Invokers.Claims(ledger, 4), UnaryOperator.identity(), shared);
    }

    private List<Reply> replies() {
        return broker.sent().stream()
                .filter(sent -> sent.topic().endsWith("replies"))
                .map(sent -> new ReplyCodec(WireLimits.DEFAULT).decode(inbound(sent)))
                .filter(DecodedReply.WellFormed.class::isInstance)
                .map(decoded -> ((DecodedReply.WellFormed) decoded).reply())
                .toList();
    }

    private static Reply decoded(Sent sent) {
        return ((DecodedReply.WellFormed) new ReplyCodec(WireLimits.DEFAULT).decode(inbound(sent))).reply();
    }

    private static BatchReply closing(Sent sent) {
        return ((DecodedReply.Closing) new ReplyCodec(WireLimits.DEFAULT).decode(inbound(sent))).reply();
    }

    private Reply onlyReply() {
        assertThat(replies()).hasSize(1);
        return replies().get(0);
    }

    private CallError onlyError() {
        return requireNonNull(onlyReply().error());
    }

    private List<DeadLetter> deadLetters() {
        return broker.sentTo(TOPICS.deadLetters()).stream()
                .map(sent -> ((Decoded.WellFormed<DeadLetter>) new DeadLetterCodec().decode(inbound(sent))).value())
                .toList();
    }

    private DeadLetter onlyDeadLetter() {
        assertThat(deadLetters()).hasSize(1);
        return deadLetters().get(0);
    }

    private List<Event> events() {
        return broker.sentTo(TOPICS.events()).stream()
                .map(sent -> ((Decoded.WellFormed<EventsRecord>) new EventCodec().decode(inbound(sent))).value())
                .flatMap(record -> record.events().stream())
                .toList();
    }

    private Event onlyEvent() {
        assertThat(events()).hasSize(1);
        return events().get(0);
    }

    private static InboundRecord inbound(Sent sent) {
        return new InboundRecord(
                new RecordPosition(sent.topic(), 0, 0),
                0,
                sent.record().key(),
                sent.record().value(),
                sent.record().headers());
    }
}
