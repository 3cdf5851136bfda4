package io.toolstream.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class OpenLoopTest {
    private static final Extent ONE_SECOND = new Extent(0, Duration.ofSeconds(1));

    private final ManualClock clock = new ManualClock();

    @Test
    void drive_keepsItsRate() throws Exception {
        FakeTarget target = FakeTarget.answering(() -> {});

        Measurement found = new OpenLoop(200, 50, clock).drive(target, new Numbers(0), ONE_SECOND);

        assertThat(found.answered()).isEqualTo(200);
        assertThat(found.callsPerSecond()).isCloseTo(200, within(2.0));
        assertThat(found.latency().maxNanos()).isZero();
    }

    /** The target stalls once for half a second: every call that was due meanwhile is charged for its wait. */
    @Test
    void drive_withStalledTarget_countsFromTheIntendedStart() throws Exception {
        FakeTarget target = new FakeTarget(number -> {
            if (number == 100) {
                clock.advance(Duration.ofMillis(500).toNanos());
            }
            return CompletableFuture.completedFuture(number);
        });

        Measurement found = new OpenLoop(1_000, 50, clock).drive(target, new Numbers(0), ONE_SECOND);

        assertThat(found.answered()).isEqualTo(1_000);
        assertThat(found.latency().maxNanos()).isCloseTo(500_000_000L, within(500_000L));
        assertThat(found.latency().p50Nanos()).isLessThan(1_000_000L);
        assertThat(found.latency().p95Nanos()).isCloseTo(450_000_000L, within(5_000_000L));
    }

    /** The same stall seen by a closed loop: one bad call, which is what coordinated omission means. */
    @Test
    void closedLoop_withStalledTarget_omitsTheWaiting() throws Exception {
        FakeTarget target = new FakeTarget(number -> {
            clock.advance(Duration.ofMillis(number == 100 ? 500 : 1).toNanos());
            return CompletableFuture.completedFuture(number);
        });

        Measurement found = new ClosedLoop(1, clock).drive(target, new Numbers(0), new Extent(500, Duration.ZERO));

        assertThat(found.latency().p95Nanos()).isCloseTo(1_000_000L, within(1_000L));
    }

    @Test
    void systemClock_awaitsTheTime() {
        long due = System.nanoTime() + 3_000_000;

        Clock.SYSTEM.awaitNanos(due);

        assertThat(System.nanoTime()).isGreaterThanOrEqualTo(due);
    }
}
