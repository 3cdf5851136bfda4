package io.toolstream.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    @Test
    void slices_countWhatEndedInTheirSecond() {
        Timeline timeline = new Timeline(new EveryThirdFails(), Duration.ofSeconds(3));
        for (long call = 0; call < 30; call++) {
            var unused = timeline.call(call);
        }

        Timeline.Slice first = timeline.slices().get(0);

        assertThat(timeline.slices()).hasSize(4);
        assertThat(first.answered()).isEqualTo(20);
        assertThat(first.failed()).isEqualTo(10);
        assertThat(timeline.slices().get(2).answered()).isZero();
    }

    private static final class EveryThirdFails implements Target {
        @Override
        public CompletionStage<?> call(long number) {
            return number % 3 == 0
                    ? CompletableFuture.failedFuture(new IllegalStateException("as told"))
                    : CompletableFuture.completedFuture("done");
        }

        @Override
        public void close() {}
    }
}
