package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.wire.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Where more calls are made than the client may have in flight, and what it tells of those. */
final class ToolClientFlowTest extends ToolClientFixture {
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
}
