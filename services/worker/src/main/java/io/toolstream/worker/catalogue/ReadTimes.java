package io.toolstream.worker.catalogue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a server's tools are read again.
 *
 * @param interval while it answers; varied by a tenth, so that servers and workers do not fall into step
 * @param retry after a failure, doubled with every further one up to {@link #LONGEST_RETRY} or the interval; also the
 *     least time between two readings that calls ask for
 * @param patience how long calls wait for a reading that is under way
 */
public record ReadTimes(Duration interval, Duration retry, Duration patience) {
    static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    Duration untilNext(int failures, RandomGenerator random) {
        if (failures == 0) {
            return Duration.ofMillis((long) (interval.toMillis() * random.nextDouble(0.9, 1.1)));
        }
        Duration longest = interval.compareTo(LONGEST_RETRY) < 0 ? interval : LONGEST_RETRY;
        Duration wait = retry.multipliedBy(1L << Math.min(failures - 1, 16));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
