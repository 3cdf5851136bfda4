package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an engine ends. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class PollLoopEndTest {
    private final RefusingConsumer consumer = new RefusingConsumer();
    private MockedEngine engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 1_000), consumer);

    @Test
    void pollForbidden_beforeTheFirstAssignment_ends() {
        consumer.setPollException(new TopicAuthorizationException(Set.of("calls")));
        engine.loop.run();

        assertThat(engine.loop.terminated()).isCompletedExceptionally();
        assertThat(engine.loop.assigned()).isCompletedExceptionally();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void handlerThrows_endsTheEngine_withNothingCommittedPastTheRecord() {
        // Given the first record done, the second failing, the third done
        MockConsumer<byte[], byte[]> plain = new MockConsumer<>("earliest");
        PollLoop loop = new PollLoop(
                plain,
                MockedEngine.settings(100, 1_000_000, 1_000),
                (record, lease) -> {
                    if (record.position().offset() == 1) {
                        throw new IllegalStateException("bug");
                    }
                    return CompletableFuture.completedFuture(null);
                },
                7,
                System::nanoTime);
        plain.schedulePollTask(() -> {
            plain.updateBeginningOffsets(Map.of(Records.partition(0), 0L));
            plain.rebalance(List.of(Records.partition(0)));
            for (int offset = 0; offset < 3; offset++) {
                plain.addRecord(Records.fetched(0, offset, 10));
            }
        });

        // When
        loop.run();

        // Then
        assertThatThrownBy(() -> loop.terminated().get())
                .hasMessageContaining("calls-0@1")
                .hasRootCauseMessage("bug");
        assertThat(plain.closed()).isTrue();
        assertThat(loop.hasDrained()).isFalse();
        assertThat(loop.snapshot().handled()).isEqualTo(2);
    }

    @Test
    void stageFails_endsTheEngine() {
        engine.assign(0);
        engine.fetched(0, 0, 1);
        engine.turns(2);
        engine.done("0@0");
        engine.taken("0@1").completeExceptionally(new IllegalStateException("bug"));

        engine.loop.run();

        assertThat(engine.loop.terminated()).isCompletedExceptionally();
        assertThat(consumer.committed(0)).isEqualTo(1);
        assertThat(engine.leases).noneMatch(Lease::isHeld);
    }

    @Test
    void close_drainsWhatIsInFlight_readsNothingMore_andCommits() {
        engine = new MockedEngine(MockedEngine.settings(2, 1_000_000, 1_000), consumer);
        engine.assign(0);
        engine.fetched(0, 0, 1, 2);
        engine.turns(2);
        engine.loop.stop(Duration.ofSeconds(20));
        consumer.schedulePollTask(() -> engine.fetched(0, 3));
        consumer.schedulePollTask(() -> engine.done("0@0", "0@1"));

        drain();

        assertThat(engine.loop.hasDrained()).isTrue();
        assertThat(engine.loop.terminated()).isCompleted();
        assertThat(consumer.committed(0)).isEqualTo(2);
        assertThat(engine.running).isEmpty();
    }

    @Test
    void close_whenTheTimeIsOver_leavesTheRestUncommitted() {
        engine.assign(0);
        engine.fetched(0, 0, 1);
        engine.turns(2);
        engine.done("0@0");
        engine.loop.stop(Duration.ofMillis(200));

        drain();

        assertThat(engine.loop.hasDrained()).isFalse();
        assertThat(engine.loop.terminated()).isCompleted();
        assertThat(consumer.committed(0)).isEqualTo(1);
    }

    private void drain() {
        engine.isRealTime = true;
        engine.loop.run();
    }
}
