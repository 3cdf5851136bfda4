package io.toolstream.worker.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.Progress;
import io.toolstream.worker.fixture.ManualNanos;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CallUpdatesTest {
    private final List<String> written = new CopyOnWriteArrayList<>();
    private CompletableFuture<?> arrival = CompletableFuture.completedFuture(null);
    private final ManualNanos nanos = new ManualNanos();
    private final CallUpdates updates = new CallUpdates(
            meta -> {
                written.add(meta.text());
                return arrival;
            },
            nanos);

    @Test
    void progressed_isWritten_andThenNotBeforeAWhile() {
        updates.progressed(new Progress(1, 10.0, null));
        updates.progressed(new Progress(2, 10.0, null));

        assertThat(written).containsExactly("{\"progress\":{\"progress\":1,\"total\":10}}");
        nanos.advance(CallUpdates.GAP.minusNanos(1));
        updates.progressed(new Progress(3, 10.0, null));
        assertThat(written).hasSize(1);
        nanos.advance(Duration.ofNanos(1));
        updates.progressed(new Progress(4, 10.0, null));
        assertThat(written).hasSize(2);
    }

    @Test
    void progressed_backwards_isLeftOut() {
        updates.progressed(new Progress(5, null, null));
        nanos.advance(CallUpdates.GAP);
        updates.progressed(new Progress(4, null, null));

        assertThat(written).hasSize(1);
    }

    @Test
    void producerThatIsSlow_getsOneAtATime_theRestIsDropped() {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        arrival = acknowledged;
        updates.becameTask();
        nanos.advance(CallUpdates.GAP);
        for (int i = 0; i < 1_000; i++) {
            updates.progressed(new Progress(i, null, null));
        }
        assertThat(written).containsExactly("{\"task\":{\"status\":\"working\"}}");

        acknowledged.completeExceptionally(new IllegalStateException("lost"));
        updates.progressed(new Progress(2_000, null, null));
        assertThat(written).hasSize(2);
    }

    @Test
    void end_nothingComesAfterIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 2_000; round++) {
                List<String> order = new CopyOnWriteArrayList<>();
                CallUpdates raced = new CallUpdates(
                        meta -> {
                            order.add("update");
                            return CompletableFuture.completedFuture(null);
                        },
                        nanos);
                CompletableFuture<Void> told =
                        CompletableFuture.runAsync(() -> raced.progressed(new Progress(1, null, null)), threads);
                CompletableFuture<Void> ended = CompletableFuture.runAsync(
                        () -> {
                            raced.end();
                            order.add("final");
                        },
                        threads);
                CompletableFuture.allOf(told, ended).get(30, TimeUnit.SECONDS);
                assertThat(order.get(order.size() - 1)).isEqualTo("final");
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void progress_numbersThatAreNoneInJson_areLeftOut() {
        updates.progressed(new Progress(0.5, Double.POSITIVE_INFINITY, "x".repeat(501)));

        assertThat(written)
                .containsExactly("{\"progress\":{\"progress\":0.5,\"message\":\"" + "x".repeat(500) + "\"}}");
    }
}
