package io.toolstream.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private final Pace pace = new Pace();
    private long nowNanos;

    @Test
    void slowdown_ofASteadyTool_isOne() {
        feed(200, () -> 50_000_000);

        assertThat(pace.slowdown()).isCloseTo(1, within(0.01));
        assertThat(Duration.ofNanos(pace.leastNanos())).isCloseTo(Duration.ofMillis(50), Duration.ofMillis(1));
    }

    @Test
    void slowdown_ofAToolThatTakesThreeTimesAsLong_isThree() {
        feed(100, () -> 50_000_000);
        feed(400, () -> 150_000_000);

        assertThat(pace.slowdown()).isCloseTo(3, within(0.1));
    }

    /**
     * Most calls take 20 ms, one in a hundred a minute: that is how the tool is, and no sign of load. Some of them close together
     * may look like it for a moment.
     */
    @Test
    void slowdown_ofAToolWithRareLongCalls_staysLow() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        double sum = 0;
        int slow = 0;
        for (int i = 0; i < 20_000; i++) {
            feed(1, () -> random.nextInt(100) == 0 ? 60_000_000_000L : 20_000_000);
            sum += pace.slowdown();
            slow += i > 100 && pace.slowdown() >= 2 ? 1 : 0;
        }

        assertThat(sum / 20_000).as("seed %d", seed).isLessThan(1.2);
        assertThat(slow).as("seed %d, moments of 20,000", seed).isLessThan(200);
    }

    /** Half of its calls take a hundred times as long as the others: its server is not to be cut off for that. */
    @Test
    void slowdown_ofAToolWithShortAndLongCalls_isNoSlowdown() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        double sum = 0;
        for (int i = 0; i < 20_000; i++) {
            long tookNanos = random.nextBoolean() ? 20_000_000 : 2_000_000_000;
            nowNanos += tookNanos;
            feed(1, () -> tookNanos);
            sum += pace.slowdown();
        }

        assertThat(sum / 20_000).as("seed %d", seed).isLessThan(1.5);
    }

    /** On one machine with the worker, that is the worker. */
    @Test
    void slowdown_belowTenMilliseconds_isNotSeen() {
        feed(100, () -> 200_000);
        feed(100, () -> 9_000_000);

        assertThat(pace.slowdown()).isEqualTo(1);
    }

    @Test
    void slowdown_thatLastsForHours_isHowTheToolIs() {
        feed(100, () -> 50_000_000);
        for (int minute = 0; minute < 180; minute++) {
            feed(1, () -> 150_000_000);
            nowNanos += Duration.ofMinutes(1).toNanos();
        }

        assertThat(pace.slowdown()).isLessThan(1.1);
    }

    private void feed(int times, LongSupplier duration) {
        for (int i = 0; i < times; i++) {
            nowNanos += 1_000_000;
            pace.took(duration.getAsLong(), nowNanos);
        }
    }
}
