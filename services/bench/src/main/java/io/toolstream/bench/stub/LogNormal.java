package io.toolstream.bench.stub;

import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Times by a log-normal law, as those of real services nearly are: half of them up to the median, 95 of 100 up to 2.3 times
 * that, 99 up to 3.2 times. Any thread.
 */
final class LogNormal implements Supplier<Duration> {
    private static final double SIGMA = 0.5;

    private final Duration median;
    private final Random random;

    LogNormal(Duration median, long seed) {
        this.median = median;
        this.random = new Random(seed);
    }

    @Override
    public Duration get() {
        return Duration.ofNanos(Math.round(median.toNanos() * Math.exp(SIGMA * random.nextGaussian())));
    }
}
