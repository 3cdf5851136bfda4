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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One call: what is sent, and how it ends. */
final class ToolClientTest extends ToolClientFixture {
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
            throw new AssertionError("a bug of the caller");
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

        assertThatThrownBy(acceptance::join)
                .hasCauseInstanceOf(NotAccepted.class)
                .hasMessageContaining("calling it again does not help");
    }

    @Test
    void close_failsWhatIsInFlightAndClosesEverything() {
        CompletableFuture<Reply> future = client.call(CALL);

        client.close();

        assertThatThrownBy(future::join).hasCauseInstanceOf(ClientClosed.class);
        assertThatThrownBy(client.call(CALL)::join).hasCauseInstanceOf(ClientClosed.class);
        assertThatThrownBy(client.send(CALL)::join).hasCauseInstanceOf(ClientClosed.class);
        assertThatThrownBy(client.cancel("c1")::join).hasCauseInstanceOf(ClientClosed.class);
        assertThat(publisher.isClosed).isTrue();
        assertThat(replies().isClosed).isTrue();
        assertThat(publisher.sent).hasSize(1);
        assertThat(alarm.waiting()).isZero();
    }

    private static ReplyIdentity identity(ReplyIdentity of, String id, @Nullable String tenant) {
        return new ReplyIdentity(id, of.correlationId(), of.server(), of.tool(), null, null, tenant);
    }
}
