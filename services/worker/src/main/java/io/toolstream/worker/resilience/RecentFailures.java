package io.toolstream.worker.resilience;

/**
 * The times of the last {@code limit} failures, in a ring: tells whether they all lie within one window. Exact, unlike a
 * count per fixed period: a failure falls out at the very moment it is older than the window. Not thread-safe.
 */
final class RecentFailures {
    private final long[] timesNanos;
    private final long windowNanos;
    private int next;
    private int known;

    RecentFailures(int limit, long windowNanos) {
        this.timesNanos = new long[limit];
        this.windowNanos = windowNanos;
    }

    /** Adds one; returns whether it is the last of {@code limit} failures that lie at most the window apart. */
    boolean add(long nowNanos) {
        timesNanos[next] = nowNanos;
        next = (next + 1) % timesNanos.length;
        known = Math.min(known + 1, timesNanos.length);
        return known == timesNanos.length && nowNanos - timesNanos[next] <= windowNanos;
    }

    void clear() {
        known = 0;
    }
}
