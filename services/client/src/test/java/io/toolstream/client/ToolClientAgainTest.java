package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.wire.Call;
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
