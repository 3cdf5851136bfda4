package io.toolstream.worker.resilience;

import io.toolstream.settings.Jitter;
import io.toolstream.settings.RetrySettings;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before an attempt: the initial delay before the second, from there on so many times the one before, never
 * more than the most, and only then spread by jitter. Pure, but for the randomness.
 */
final class Backoff {
    private final DoubleSupplier random;

    /** @param random from 0 to 1, without 1; any thread */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** {@code attempt} counts from 1, the first one, before which nobody waits. */
    Duration before(int attempt, RetrySettings settings) {
        Duration wait = settings.initialDelay();
        for (int next = 2; next < attempt && wait.compareTo(settings.maxDelay()) < 0; next++) {
            wait = wait.multipliedBy(settings.multiplier()).dividedBy(100);
        }
        Duration most = wait.compareTo(settings.maxDelay()) < 0 ? wait : settings.maxDelay();
        return settings.jitter() == Jitter.FULL
                ? Duration.ofNanos((long) (most.toNanos() * random.getAsDouble()))
                : most;
    }
}
