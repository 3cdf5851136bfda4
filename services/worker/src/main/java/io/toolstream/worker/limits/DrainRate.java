package io.toolstream.worker.limits;

import java.time.Duration;

/**
 * How fast permits come back while somebody waits for one: what tells a newcomer how long he would wait. Guarded by its
 * owner.
 *
 * <p>Measured as the time between two that come back, not as what attempts take: one slow tool among many fast ones holds
 * one permit, and the others come back as before. Where none comes back at all, the time since the last counts.
 */
final class DrainRate {
    private static final double WEIGHT = 1 / 256.0;
    private static final int FIRST_FEW = 64;

    /** A shorter silence may be our own: a collection of garbage, a processor that others have. */
    private static final Duration STALL = Duration.ofSeconds(1);

    private static final Duration UNKNOWN = Duration.ofSeconds(1);
    private static final Duration SOONEST = Duration.ofMillis(100);
    private static final Duration LATEST = Duration.ofMinutes(1);

    private double intervalNanos;
    private int samples;
    private long lastNanos;

    /** The first permit back took as long as an attempt, whatever the others will. */
    private boolean isFirst;

    /** The last permit is taken, or the server may be asked again: what was before does not count. */
    void begins(long nowNanos) {
        lastNanos = nowNanos;
        isFirst = true;
    }

    /** A permit came back. */
    void cameBack(boolean isWanted, long nowNanos) {
        if (isWanted && !isFirst) {
            samples = Math.min(samples + 1, (int) (1 / WEIGHT));
            intervalNanos += (nowNanos - lastNanos - intervalNanos) * Math.max(WEIGHT, 1.0 / samples);
        }
        isFirst = false;
        lastNanos = nowNanos;
    }

    /** How long one waits who has so many before him; 0 as long as too little is known. */
    long waitNanos(int ahead, int permits, long nowNanos) {
        double known = samples < FIRST_FEW ? 0 : intervalNanos;
        long silentNanos = nowNanos - lastNanos;
        double stalled = silentNanos < STALL.toNanos() ? 0 : silentNanos / (double) Math.max(1, permits);
        return (long) ((ahead + 1) * Math.max(known, stalled));
    }

    /** When a call that is refused now might be served. */
    Duration retryAfter(int ahead, int permits, long nowNanos) {
        long waitNanos = waitNanos(ahead, permits, nowNanos);
        Duration wait = waitNanos == 0 ? UNKNOWN : Duration.ofNanos(waitNanos);
        return wait.compareTo(SOONEST) < 0 ? SOONEST : wait.compareTo(LATEST) > 0 ? LATEST : wait;
    }
}
