package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.kafka.PublishException;
import io.toolstream.wire.Call;
import io.toolstream.wire.CatalogueCodec;
import io.toolstream.wire.CatalogueEntry;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyIdentity;
import io.toolstream.wire.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ToolClientTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);
    private static final ToolCall CALL =
            ToolCall.of("fs", "read_file").argument("path", "README.md").timeout(Duration.ofSeconds(5));

    private final FakePublisher publisher = new FakePublisher();
    private final ManualAlarm alarm = new ManualAlarm();
    private final List<FakeReplies> tails = new ArrayList<>();
    private final List<InboundRecord> archive = new ArrayList<>();
    private final CacheableTools catalogue = new CacheableTools();
    private ToolClient client = connect(10);

    private ToolClient connect(int maxInFlight) {
        return connect(ClientSettings.of("localhost:1").withMaxInFlight(maxInFlight));
    }

    private ToolClient connect(ClientSettings settings) {
        Surroundings surroundings = new Surroundings(
                publisher,
                onReply -> {
                    FakeReplies tail = new FakeReplies(onReply);
                    tails.add(tail);
                    return tail;
                },
                this::readArchive,
                new Time(alarm, InstantSource.fixed(NOW), alarm::nowNanos),
                "instance",
                () -> {});
        return new ToolClient(settings, surroundings, Keys.of(catalogue));
    }

    private void readArchive(Instant since, Predicate<InboundRecord> handler) {
        for (InboundRecord record : archive) {
            if (record.timestampMillis() >= since.toEpochMilli() && !handler.test(record)) {
                return;
            }
        }
    }

    @BeforeEach
    void connectReplies() {
        replies().becomeReady();
    }

    private FakeReplies replies() {
        return tails.get(tails.size() - 1);
    }

    @Test
    void call_sendsWhatWasAskedFor() {
        begin(CALL.tenant("acme").toolCallId("call_1").orderingKey("o").idempotencyKey("i"));

        Call call = FakeReplies.callOf(publisher.last());
        assertThat(publisher.last().topic()).isEqualTo("toolstream.calls");
        assertThat(call.target().server()).isEqualTo("fs");
        assertThat(call.arguments().text()).isEqualTo("{\"path\":\"README.md\"}");
        assertThat(call.options().deadlineMillis()).isEqualTo(NOW.plusSeconds(5).toEpochMilli());
        assertThat(call.route().topic()).isEqualTo("toolstream.replies");
        assertThat(call.route().partition()).isEqualTo(FakeReplies.PARTITION);
        assertThat(call.context().tenant()).isEqualTo("acme");
        assertThat(call.context().toolCallId()).isEqualTo("call_1");
    }

    @Test
    void cancel_asksOnTheControlTopic() {
        CompletableFuture<Void> asked = client.cancel("c1");

        assertThat(publisher.last().topic()).isEqualTo("toolstream.control");
        assertThat(publisher.last().record().key()).isEqualTo(bytes("c1"));
        assertThat(asked).isNotCompletedExceptionally();
    }

    @Test
    void call_toolWhoseAnswersAreKept_isKeyedByItsDigest_unlessItAsksForAKey() {
        OutboundRecord entry = new CatalogueCodec()
                .encode(new CatalogueEntry.OfTool("fs", "read_file", RawJson.EMPTY_OBJECT, "d", "read", true));
        catalogue.accept(new InboundRecord(
                new RecordPosition("catalogue", 0, 0), 0, entry.key(), entry.value(), entry.headers()));

        begin(CALL);
        assertThat(publisher.last().record().key()).hasSize(64);
        begin(CALL.idempotencyKey("i"));
        assertThat(publisher.last().record().key()).isEqualTo(bytes("i"));
    }

    @Test
    void call_keysByOrderingThenIdempotencyThenNothing() {
        begin(CALL.orderingKey("o").idempotencyKey("i"));
        assertThat(publisher.last().record().key()).isEqualTo(bytes("o"));
        begin(CALL.idempotencyKey("i"));
        assertThat(publisher.last().record().key()).isEqualTo(bytes("i"));
        begin(CALL);
        assertThat(publisher.last().record().key()).isNull();
    }

    @Test
    void call_answered_completesAndTakesTheAlarmBack() {
        CompletableFuture<Reply> future = client.call(CALL);
        publisher.last().acknowledge();

        replies().answer(publisher.last());

        assertThat(future.join().status()).isEqualTo(Status.OK);
        assertThat(alarm.waiting()).isZero();
        ClientSnapshot snapshot = client.snapshot();
        assertThat(snapshot.isReady()).isTrue();
        assertThat(snapshot.inFlight()).isZero();
        assertThat(snapshot.counts())
                .isEqualTo(new ClientSnapshot.Counts(
                        1, Map.of(Status.OK, 1L), 0, 0, new ClientSnapshot.Strays(0, 0, 0, 0)));
    }

    @Test
    void call_answeredBeforeTheAcknowledgement_completesOnce() {
        CompletableFuture<Reply> future = client.call(CALL);

        replies().answer(publisher.last());
        publisher.last().acknowledgement().completeExceptionally(failure(PublishException.Kind.TRANSIENT));

        assertThat(future).isCompleted();
    }

    @Test
    void call_answeredTwice_countsTheSecondAsDuplicate() {
        begin(CALL);

        replies().answer(publisher.last());
        replies().answer(publisher.last());

        assertThat(client.snapshot().counts().answered()).isEqualTo(1);
        assertThat(strays()).isEqualTo(new ClientSnapshot.Strays(0, 1, 0, 0));
    }

    @Test
    void call_unanswered_timesOutAfterItsTimeAndTheGrace() {
        CompletableFuture<Reply> future = client.call(CALL);
        publisher.last().acknowledge();

        alarm.pass(Duration.ofSeconds(5));
        assertThat(future).isNotDone();
        alarm.pass(Duration.ofSeconds(1));

        assertThatThrownBy(future::join)
                .hasCauseInstanceOf(CallTimedOut.class)
                .hasMessageContaining("no reply within 5000 ms")
                .hasMessageContaining("toolstream.calls-0@7");
        assertThat(client.snapshot().counts().timedOut()).isEqualTo(1);
        replies().answer(publisher.last());
        assertThat(strays().late()).isEqualTo(1);
    }

    @Test
    void call_beforeRepliesAreRead_leavesOnceTheyAre() {
        client = connect(10);
        CompletableFuture<Reply> future = client.call(CALL);
        assertThat(publisher.sent).isEmpty();

        replies().becomeReady();

        replies().answer(publisher.last());
        assertThat(future).isCompleted();
    }

    @Test
    void call_whileNeverConnected_timesOutSayingWhyAndIsNotSentLater() {
        client = connect(10);
        CompletableFuture<Reply> future = client.call(CALL);

        alarm.pass(Duration.ofSeconds(6));
        replies().becomeReady();

        assertThatThrownBy(future::join).hasMessageContaining("not yet sent; not yet connected");
        assertThat(publisher.sent).isEmpty();
    }

    @Test
    void call_notAcknowledged_failsAndSaysWhetherItMayBeWritten() {
        CompletableFuture<Reply> lost = client.call(CALL);
        publisher.last().acknowledgement().completeExceptionally(failure(PublishException.Kind.TRANSIENT));
        CompletableFuture<Reply> refused = client.call(CALL);
        publisher.last().acknowledgement().completeExceptionally(failure(PublishException.Kind.DESTINATION));

        assertThat(notAccepted(lost).mayBeWritten()).isTrue();
        assertThat(notAccepted(lost).advice()).isEqualTo(RetryAdvice.SAME_KEY);
        assertThat(notAccepted(refused).mayBeWritten()).isFalse();
        assertThat(notAccepted(refused)).hasMessageContaining("nothing was sent");
        assertThat(client.snapshot().inFlight()).isZero();
    }

    @Test
    void call_overTheLimit_failsAtOnceAndSendsNothing() {
        client = connect(1);
        replies().becomeReady();
        begin(CALL);

        CompletableFuture<Reply> second = client.call(CALL);

        assertThatThrownBy(second::join).hasCauseInstanceOf(TooManyInFlight.class);
        assertThat(publisher.sent).hasSize(1);
    }

    @Test
    void reply_toAnotherCallOrTenantUnderOurCorrelationId_isNeverDelivered() {
        CompletableFuture<Reply> future = client.call(CALL.tenant("acme"));
        Call call = FakeReplies.callOf(publisher.last());
        ReplyIdentity identity = FakeReplies.identityOf(call);

        replies().answer(call, identity(identity, "another", "acme"), true);
        replies().answer(call, identity(identity, call.id(), "other"), true);
        replies().answer(call, identity(identity, call.id(), null), true);

        assertThat(future).isNotDone();
        assertThat(strays().mismatched()).isEqualTo(3);
    }

    @Test
    void reply_ofAnotherClient_isDroppedUnread() {
        begin(CALL);
        byte[] nonsense = bytes("not even JSON");

        replies().hand(nonsense, FakeReplies.headers(HeaderNames.CORRELATION_ID, "somebody-1"));
        replies().hand(nonsense, FakeReplies.headers("unrelated", "x"));

        assertThat(strays().late()).isZero();
        assertThat(client.snapshot().inFlight()).isEqualTo(1);
    }

    @Test
    void reply_thatCannotBeRead_failsItsCall() {
        CompletableFuture<Reply> future = client.call(CALL);
        byte[] correlationId = FakeReplies.callOf(publisher.last()).route().correlationId();

        replies()
                .hand(
                        bytes("{"),
                        FakeReplies.headers(
                                HeaderNames.CORRELATION_ID, new String(correlationId, StandardCharsets.UTF_8)));

        assertThatThrownBy(future::join).hasCauseInstanceOf(UnreadableReply.class);
    }

    @Test
    void updates_goToTheListenerAndTheFinalReplyToTheFuture() {
        List<Reply> updates = new ArrayList<>();
        CompletableFuture<Reply> future = client.call(CALL, updates::add);
        Call call = FakeReplies.callOf(publisher.last());
        assertThat(call.options().progress()).isTrue();

        replies().answer(call, FakeReplies.identityOf(call), false);
        assertThat(future).isNotDone();
        replies().answer(call, FakeReplies.identityOf(call), true);

        assertThat(updates).hasSize(1);
        assertThat(future).isCompleted();
    }

    @Test
    void updates_listenerThatThrows_harmsNobody() {
        CompletableFuture<Reply> future = client.call(CALL, update -> {
            throw new IllegalStateException("a bug of the caller");
        });
        Call call = FakeReplies.callOf(publisher.last());

        replies().answer(call, FakeReplies.identityOf(call), false);
        replies().answer(call, FakeReplies.identityOf(call), true);

        assertThat(future).isCompleted();
    }

    @Test
    void arguments_asAModelWroteThem_cannotReachBeyondTheArguments() {
        begin(ToolCall.of("fs", "read_file").arguments("{\"path\":\"a\"},\"tenant\":\"other\",\"x\":{}"));

        assertThat(new String(publisher.last().record().value(), StandardCharsets.UTF_8))
                .doesNotContain("\"tenant\":\"other\"");
    }

    @Test
    void arguments_asText_areReadAsTheObjectTheyHold() {
        begin(ToolCall.of("fs", "read_file").arguments("{\"n\": 1.10}"));

        assertThat(FakeReplies.callOf(publisher.last()).arguments().text()).isEqualTo("{\"n\": 1.10}");
    }

    @Test
    void send_acknowledged_tellsIdAndPosition() {
        CompletableFuture<Acceptance> acceptance = client.send(CALL);
        publisher.last().acknowledge();

        Call call = FakeReplies.callOf(publisher.last());
        assertThat(acceptance.join().id()).isEqualTo(call.id());
        assertThat(acceptance.join().position().offset()).isEqualTo(7);
        assertThat(call.route().partition()).isNull();
        assertThat(client.snapshot().inFlight()).isZero();
    }

    @Test
    void send_notAcknowledged_fails() {
        CompletableFuture<Acceptance> acceptance = client.send(CALL);
        publisher.last().acknowledgement().completeExceptionally(failure(PublishException.Kind.TOO_LARGE));

        assertThatThrownBy(acceptance::join).hasCauseInstanceOf(NotAccepted.class);
    }

    @Test
    void close_failsWhatIsInFlightAndClosesEverything() {
        CompletableFuture<Reply> future = client.call(CALL);

        client.close();

        assertThatThrownBy(future::join).hasCauseInstanceOf(ClientClosed.class);
        assertThatThrownBy(client.call(CALL)::join).hasCauseInstanceOf(ClientClosed.class);
        assertThat(publisher.isClosed).isTrue();
        assertThat(replies().isClosed).isTrue();
        assertThat(publisher.sent).hasSize(1);
        assertThat(alarm.waiting()).isZero();
    }

    @Test
    void call_overTheLimitWherePlacesInLineAreAllowed_leavesInTurn() {
        client = connect(ClientSettings.of("localhost:1").withMaxInFlight(1).withMaxWaiting(2));
        replies().becomeReady();
        begin(CALL);
        FakePublisher.Sent first = publisher.last();
        CompletableFuture<Reply> second = client.call(CALL.toolCallId("2"));
        CompletableFuture<Reply> third = client.call(CALL.toolCallId("3"));
        CompletableFuture<Reply> fourth = client.call(CALL);

        assertThatThrownBy(fourth::join)
                .hasCauseInstanceOf(TooManyInFlight.class)
                .hasMessageContaining("1 calls are in flight and 2 wait for a place");
        assertThat(publisher.sent).hasSize(1);
        assertThat(client.snapshot().inFlight()).isEqualTo(1);
        assertThat(client.snapshot().waiting()).isEqualTo(2);
        replies().answer(first);
        assertThat(FakeReplies.callOf(publisher.last()).context().toolCallId()).isEqualTo("2");
        replies().answer(publisher.last());
        replies().answer(publisher.last());

        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(client.snapshot().waiting()).isZero();
        assertThat(client.snapshot().counts().refused()).isEqualTo(1);
    }

    @Test
    void call_whoseTimeIsUpWhileItWaits_isNeverSent() {
        client = connect(ClientSettings.of("localhost:1").withMaxInFlight(1).withMaxWaiting(1));
        replies().becomeReady();
        begin(CALL.timeout(Duration.ofMinutes(1)));
        CompletableFuture<Reply> waiting = client.call(CALL);

        alarm.pass(Duration.ofSeconds(6));

        assertThatThrownBy(waiting::join)
                .hasMessageContaining("waiting for a place, not yet sent")
                .hasMessageContaining("nothing was sent");
        replies().answer(publisher.last());
        assertThat(publisher.sent).hasSize(1);
    }

    @Test
    void tryCall_withoutAPlace_isEmptyEvenWhereOthersMayWait() {
        client = connect(ClientSettings.of("localhost:1").withMaxInFlight(1).withMaxWaiting(5));
        replies().becomeReady();

        assertThat(client.tryCall(CALL)).isPresent();
        assertThat(client.tryCall(CALL)).isEmpty();
        assertThat(publisher.sent).hasSize(1);
    }

    @Test
    void gather_whereSomeFail_givesAllInTheirOrder() {
        client = connect(2);
        replies().becomeReady();

        CompletableFuture<List<CallResult>> all =
                client.gather(List.of(CALL.id("a"), CALL.id("b"), CALL.id("c")), Duration.ofSeconds(2));
        replies().answer(publisher.sent.get(1));
        assertThat(all).isNotDone();
        alarm.pass(Duration.ofSeconds(3));

        List<CallResult> results = all.join();
        assertThat(results).extracting(CallResult::id).containsExactly("a", "b", "c");
        assertThat(results).extracting(CallResult::index).containsExactly(0L, 1L, 2L);
        assertThat(results).extracting(CallResult::isOk).containsExactly(false, true, false);
        assertThat(results.get(0).failure()).isInstanceOf(CallTimedOut.class).hasMessageContaining("2000 ms");
        assertThat(results.get(2).failure()).isInstanceOf(TooManyInFlight.class);
        assertThatThrownBy(results.get(2)::orThrow).isInstanceOf(TooManyInFlight.class);
    }

    @Test
    void cancelCall_asksOnTheControlTopicAndGoesOnWaiting() {
        ReplyFuture future = client.call(CALL.id("mine"));
        FakePublisher.Sent sent = publisher.last();

        CompletableFuture<Void> asked = future.cancelCall();

        assertThat(future.id()).isEqualTo("mine");
        assertThat(publisher.last().topic()).isEqualTo("toolstream.control");
        assertThat(publisher.last().record().key()).isEqualTo(bytes("mine"));
        publisher.last().acknowledge();
        assertThat(asked).isCompleted();
        assertThat(future).isNotDone();
        replies().answer(sent);
        assertThat(future).isCompleted();
    }

    @Test
    void resend_keepsStateKeysAndCorrelationUnderANewId() {
        CompletableFuture<Reply> first = client.call(CALL.orderingKey("o").idempotencyKey("i"));
        Call asked = FakeReplies.callOf(publisher.last());
        replies().ask(asked, "{\"inputRequests\":{\"name\":{}},\"requestState\":\"s 1\"}");

        CompletableFuture<Reply> second = client.resend(first.join(), RawJson.ofText("{\"name\":{}}"));

        Call again = FakeReplies.callOf(publisher.last());
        assertThat(again.id()).isNotEqualTo(asked.id());
        assertThat(again.route().correlationId()).isEqualTo(asked.route().correlationId());
        assertThat(again.options().orderingKey()).isEqualTo("o");
        assertThat(again.options().idempotencyKey()).isEqualTo("i");
        assertThat(again.options().requestState()).isEqualTo("s 1");
        assertThat(again.options().inputResponses()).isEqualTo(RawJson.ofText("{\"name\":{}}"));
        assertThat(again.arguments()).isEqualTo(asked.arguments());
        replies().answer(publisher.last());
        assertThat(second.join().status()).isEqualTo(Status.OK);
    }

    @Test
    void resend_ofACallThatIsNotRemembered_failsUnlessTheCallIsGiven() {
        CompletableFuture<Reply> first = client.call(CALL);
        replies().ask(FakeReplies.callOf(publisher.last()), "{\"inputRequests\":{\"name\":{}}}");
        Reply asked = first.join();
        client = connect(10);
        replies().becomeReady();

        CompletableFuture<Reply> unknown = client.resend(asked, RawJson.EMPTY_OBJECT);
        assertThatThrownBy(unknown::join).hasCauseInstanceOf(UnknownQuestion.class);

        CompletableFuture<Reply> known = client.resend(CALL, asked, RawJson.EMPTY_OBJECT);
        assertThat(FakeReplies.callOf(publisher.last()).options().requestState())
                .isNull();
        replies().answer(publisher.last());
        assertThat(known).isCompleted();
    }

    @Test
    void resend_ofACallThatWasAnswered_isABugOfTheCaller() {
        CompletableFuture<Reply> first = client.call(CALL);
        replies().answer(publisher.last());

        assertThatThrownBy(() -> client.resend(first.join(), RawJson.EMPTY_OBJECT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is ok, input_required expected");
    }

    @Test
    void earlierReplies_findsFinalOnesByIdSinceThen() throws Exception {
        archive.add(FakeReplies.record(CALL.id("old"), 10, true));
        archive.add(FakeReplies.record(CALL.id("mine"), 50, false));
        archive.add(FakeReplies.record(CALL.id("mine"), 60, true));
        archive.add(FakeReplies.record(CALL.id("other"), 70, true));

        Map<String, Reply> found = client.earlierReplies(Set.of("old", "mine", "never"), Instant.ofEpochMilli(40))
                .get(10, TimeUnit.SECONDS);

        assertThat(found).containsOnlyKeys("mine");
        assertThat(Objects.requireNonNull(found.get("mine")).isFinal()).isTrue();
    }

    @Test
    void snapshot_tellsHowLongCallsTook() {
        for (int millis = 1; millis <= 100; millis++) {
            begin(CALL);
            alarm.pass(Duration.ofMillis(millis));
            replies().answer(publisher.last());
        }

        ClientSnapshot.Latency latency = client.snapshot().latency();
        assertThat(latency.calls()).isEqualTo(100);
        assertThat(latency.p50()).isBetween(Duration.ofMillis(50), Duration.ofMillis(53));
        assertThat(latency.p99()).isBetween(Duration.ofMillis(99), Duration.ofMillis(106));
        alarm.pass(Duration.ofSeconds(61));
        assertThat(client.snapshot().latency()).isEqualTo(new ClientSnapshot.Latency(0, Duration.ZERO, Duration.ZERO));
    }

    private ClientSnapshot.Strays strays() {
        return client.snapshot().counts().strays();
    }

    /** A call of which the test looks at other things than its future. */
    private void begin(ToolCall call) {
        CompletableFuture<Reply> unused = client.call(call);
    }

    private static NotAccepted notAccepted(CompletableFuture<Reply> future) {
        return (NotAccepted) future.handle((reply, failure) -> cause(failure)).join();
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static PublishException failure(PublishException.Kind kind) {
        return new PublishException(kind, "no", new IllegalStateException("broker"));
    }

    private static ReplyIdentity identity(ReplyIdentity of, String id, @Nullable String tenant) {
        return new ReplyIdentity(id, of.correlationId(), of.server(), of.tool(), null, null, tenant);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
