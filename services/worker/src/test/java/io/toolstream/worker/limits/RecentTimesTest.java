package io.toolstream.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RecentTimesTest {
    private final RecentTimes times = new RecentTimes();

    @Test
    void percentile_ofAnything_isTheTrueOneUpToAFifth() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            RecentTimes some = new RecentTimes();
            long[] all = random.longs(round == 0 ? 100 : random.nextInt(1, RecentTimes.MOST))
                    .map(bits -> (long) (1e6 * Math.pow(2, (bits >>> 11) * 0x1p-53 * 19)))
                    .toArray();
            Arrays.stream(all).forEach(some::add);
            Arrays.sort(all);
            long truth = all[(all.length * 99 + 99) / 100 - 1];

            assertThat((double) some.percentileNanos(99))
                    .as("seed %d, round %d", seed, round)
                    .isBetween((double) truth, truth * 1.2);
        }
    }

    @Test
    void percentile_ofNothing_isNothing() {
        assertThat(times.percentileNanos(99)).isZero();
    }

    @Test
    void times_ofLongAgo_areForgotten() {
        for (int i = 0; i < 1_000; i++) {
            times.add(Duration.ofSeconds(10).toNanos());
        }
        for (int i = 0; i < 6_000; i++) {
            times.add(Duration.ofMillis(5).toNanos());
        }

        assertThat(Duration.ofNanos(times.percentileNanos(99))).isLessThan(Duration.ofMillis(7));
        assertThat(times.total()).isLessThan(RecentTimes.MOST);
    }
}
