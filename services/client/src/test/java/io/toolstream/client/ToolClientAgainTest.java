package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.wire.Call;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls that are taken back or made again, and replies that were missed. */
final class ToolClientAgainTest extends ToolClientFixture {
    @Test
    void cancel_asksOnTheControlTopic() {
        CompletableFuture<Void> asked = client.cancel("c1");

        assertThat(publisher.last().topic()).isEqualTo("toolstream.control");
        assertThat(publisher.last().record().key()).isEqualTo(bytes("c1"));
        assertThat(asked).isNotCompletedExceptionally();
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
    void cancelCall_ofACallThatWaitsForAPlace_endsItUnsent() {
        client = connect(ClientSettings.of("localhost:1").withMaxInFlight(1).withMaxWaiting(2));
        replies().becomeReady();
        begin(CALL);
        FakePublisher.Sent first = publisher.last();
        ReplyFuture unwanted = client.call(CALL.id("mine"));
        CompletableFuture<Reply> next = client.call(CALL.id("next"));

        assertThat(unwanted.cancelCall()).isCompleted();

        Reply reply = unwanted.join();
        assertThat(reply.status()).isEqualTo(Status.CANCELLED);
        assertThat(Objects.requireNonNull(reply.error()).mayHaveRun()).isEqualTo(MayHaveRun.NO);
        assertThat(client.snapshot().waiting()).isEqualTo(1);
        replies().answer(first);
        assertThat(FakeReplies.callOf(publisher.last()).id()).isEqualTo("next");
        replies().answer(publisher.last());
        assertThat(next).isCompleted();
        assertThat(publisher.sent).hasSize(2);
    }

    @Test
    void cancel_beforeThereIsABroker_endsTheCallAtOnceAndItIsNotSentLater() {
        client = connect(10);
        CompletableFuture<Reply> unwanted = client.call(CALL.id("mine"));

        CompletableFuture<Void> asked = client.cancel("mine");
        replies().becomeReady();

        assertThat(asked).isCompleted();
        assertThat(unwanted.join().status()).isEqualTo(Status.CANCELLED);
        assertThat(publisher.sent).isEmpty();
        assertThat(alarm.waiting()).isZero();
    }

    @Test
    void resend_ofTwoThreads_waitsForBoth() {
        CompletableFuture<Reply> first = client.call(CALL);
        replies().ask(FakeReplies.callOf(publisher.last()), "{\"inputRequests\":{},\"requestState\":\"s\"}");
        Reply asked = first.join();

        CompletableFuture<Reply> one = client.resend(CALL, asked, RawJson.EMPTY_OBJECT);
        CompletableFuture<Reply> two = client.resend(CALL, asked, RawJson.EMPTY_OBJECT);
        publisher.sent.subList(1, 3).forEach(replies()::answer);

        assertThat(one).isCompleted();
        assertThat(two).isCompleted();
        assertThat(client.snapshot().inFlight()).isZero();
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
}
