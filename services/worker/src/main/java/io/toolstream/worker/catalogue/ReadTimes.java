package io.toolstream.worker.catalogue;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a server's tools are read again.
 *
 * @param interval while it answers; varied by a tenth, so that servers and workers do not fall into step. Earlier where the
 *     server says that its list is good for less, but not earlier than {@link #LEAST_INTERVAL}
 * @param retry after a failure, doubled with every further one up to {@link #LONGEST_RETRY} or the interval; also the
 *     least time between two readings that calls ask for
 * @param patience how long calls wait for a reading that is under way
 */
public record ReadTimes(Duration interval, Duration retry, Duration patience) {
    static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    /** A list that is good for nothing is not read all the time. */
    static final Duration LEAST_INTERVAL = Duration.ofSeconds(5);

    /** Between two readings, however often the server says that its tools have changed. */
    static final Duration LEAST_GAP = Duration.ofMillis(500);

    /** @param timeToLive for how long the server calls its list good; null if it does not say */
    Duration untilNext(int failures, @Nullable Duration timeToLive, RandomGenerator random) {
        if (failures == 0) {
            return Duration.ofMillis((long) (whileFresh(timeToLive).toMillis() * random.nextDouble(0.9, 1.1)));
        }
        Duration wait = retry.multipliedBy(1L << Math.min(failures - 1, 16));
        return shorter(wait, shorter(interval, LONGEST_RETRY));
    }

    private Duration whileFresh(@Nullable Duration timeToLive) {
        if (timeToLive == null) {
            return interval;
        }
        Duration atLeast = timeToLive.compareTo(LEAST_INTERVAL) < 0 ? LEAST_INTERVAL : timeToLive;
        return shorter(atLeast, interval);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
