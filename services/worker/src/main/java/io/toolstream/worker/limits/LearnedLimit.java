package io.toolstream.worker.limits;

import io.toolstream.settings.AdaptiveSettings;

/**
 * How long an attempt of one tool may take, learned from those before. Guarded by its owner.
 *
 * <p>A tool that has become slower must not be cut off for ever because it is cut off: each attempt that times out counts
 * as one that took at least so long, and each that began under the present limit doubles it, up to the configured one,
 * until attempts have been answered for a while.
 */
final class LearnedLimit {
    /** Before that many it is as configured: the hundredth longest of fewer is hardly more than the longest. */
    static final int LEAST_SAMPLES = 100;

    private static final int PERCENT = 99;
    private static final int MOST_DOUBLINGS = 12;
    private static final int CALM = 20;

    private final RecentTimes times = new RecentTimes();
    private int doublings;
    private int answeredSince;

    /** @param doublings of what was learned, that are in it */
    record Given(long limitNanos, int doublings) {}

    Given of(AdaptiveSettings settings, long configuredNanos) {
        if (times.total() < LEAST_SAMPLES) {
            return new Given(configuredNanos, doublings);
        }
        double learned = times.percentileNanos(PERCENT) * (settings.factor() / 100.0);
        double doubled = Math.max(learned, (double) settings.least().toNanos()) * Math.pow(2, doublings);
        return new Given((long) Math.min((double) configuredNanos, doubled), doublings);
    }

    void answered(long durationNanos) {
        times.add(durationNanos);
        if (doublings > 0 && ++answeredSince >= CALM) {
            answeredSince = 0;
            doublings--;
        }
    }

    /** An attempt with this limit has run into it. */
    void timedOut(Given given) {
        times.add(given.limitNanos());
        answeredSince = 0;
        if (given.doublings() == doublings) {
            doublings = Math.min(MOST_DOUBLINGS, doublings + 1);
        }
    }
}
