package io.toolstream.mcp.stdio;

import io.toolstream.mcp.StdioSettings.Restarts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

/**
 * Says how long to wait before a child is started again: full jitter under a bound that doubles with every end inside the
 * window, and the rest of the window once there were too many. Not thread-safe: the transport guards it.
 */
final class RestartPolicy {
    private final Restarts settings;
    private final RandomGenerator random;
    private final ArrayDeque<Long> endsNanos = new ArrayDeque<>();
    private long notBeforeNanos;

    RestartPolicy(Restarts settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** A child ended that should not have, or did not get as far as starting. */
    void ended(long nowNanos) {
        forgetOld(nowNanos);
        endsNanos.addLast(nowNanos);
        notBeforeNanos = nowNanos + (isGivenUp() ? windowLeft(nowNanos) : backOff());
    }

    private long backOff() {
        int doublings = Math.min(20, endsNanos.size() - 1);
        long bound =
                Math.min(settings.maxDelay().toNanos(), settings.firstDelay().toNanos() << doublings);
        return random.nextLong(Math.max(1, bound));
    }

    private long windowLeft(long nowNanos) {
        return endsNanos.getFirst() + settings.window().toNanos() - nowNanos;
    }

    /** Zero if a child may be started now. */
    Duration untilNextStart(long nowNanos) {
        return endsNanos.isEmpty() || notBeforeNanos - nowNanos <= 0
                ? Duration.ZERO
                : Duration.ofNanos(notBeforeNanos - nowNanos);
    }

    boolean isGivenUp() {
        return endsNanos.size() >= settings.giveUpAfter();
    }

    private void forgetOld(long nowNanos) {
        long windowNanos = settings.window().toNanos();
        while (!endsNanos.isEmpty() && nowNanos - endsNanos.getFirst() >= windowNanos) {
            endsNanos.removeFirst();
        }
    }
}
