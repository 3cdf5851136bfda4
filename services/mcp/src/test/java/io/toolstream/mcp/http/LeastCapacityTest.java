package io.toolstream.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LeastCapacityTest {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final int[] CAPACITIES = {1, 1, 2, 100, 256};

    private final LeastCapacity capacity = new LeastCapacity(LIFETIME);
    private long nowNanos = Long.MAX_VALUE - LIFETIME.toNanos(); // time may overflow

    @Test
    void beforeAConnection_isOne() {
        assertThat(capacity.at(nowNanos)).isEqualTo(1);
    }

    @Test
    void firstConnection_tellsWhatItIs() {
        capacity.saw(256, nowNanos);

        assertThat(capacity.at(nowNanos)).isEqualTo(256);
    }

    /** Nothing is sent over it for now, and that is told by waiting. */
    @Test
    void noRequestsAllowed_isOne() {
        capacity.saw(0, nowNanos);

        assertThat(capacity.at(nowNanos)).isEqualTo(1);
    }

    @Test
    void connectionThatCarriesLess_isSeenAtOnce() {
        capacity.saw(256, nowNanos);
        capacity.saw(1, nowNanos);

        assertThat(capacity.at(nowNanos)).isEqualTo(1);
    }

    @Test
    void connectionThatCarriesMore_isSeenOnceTheOthersAreTooOldForUse() {
        capacity.saw(1, nowNanos);
        pass(Duration.ofMinutes(1));
        capacity.saw(256, nowNanos);

        pass(Duration.ofMinutes(9));
        assertThat(capacity.at(nowNanos)).as("one of them may still be used").isEqualTo(1);
        pass(Duration.ofNanos(1));
        assertThat(capacity.at(nowNanos)).isEqualTo(256);
    }

    @Test
    void connectionsOfLongAgo_areAsTheLastOfThemWas() {
        capacity.saw(1, nowNanos);
        capacity.saw(256, nowNanos);

        pass(LIFETIME.multipliedBy(5));

        assertThat(capacity.at(nowNanos)).isEqualTo(256);
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    /** Against all connections that there ever were. */
    @Test
    void capacity_atAnyMoment_isTheLeastOfThoseMadeWithinALifetime() {
        SplittableRandom seeds = new SplittableRandom();
        for (int round = 0; round < 200; round++) {
            new Run(seeds.nextLong()).play();
        }
    }

    private static final class Run {
        private final long seed;
        private final SplittableRandom random;
        private final LeastCapacity capacity = new LeastCapacity(LIFETIME);
        private final List<Made> all = new ArrayList<>();
        private long nowNanos;

        private record Made(int capacity, long nanos) {}

        Run(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
        }

        void play() {
            for (int step = 0; step < 200; step++) {
                nowNanos += random.nextLong(LIFETIME.toNanos() / random.nextInt(1, 50));
                if (random.nextInt(3) > 0) {
                    Made made = new Made(CAPACITIES[random.nextInt(CAPACITIES.length)], nowNanos);
                    all.add(made);
                    capacity.saw(made.capacity(), made.nanos());
                }
                assertThat(capacity.at(nowNanos))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(expected());
            }
        }

        private int expected() {
            int last = all.isEmpty() ? 1 : all.get(all.size() - 1).capacity();
            return all.stream()
                    .filter(made -> nowNanos - made.nanos() <= LIFETIME.toNanos())
                    .mapToInt(Made::capacity)
                    .min()
                    .orElse(last);
        }
    }
}
