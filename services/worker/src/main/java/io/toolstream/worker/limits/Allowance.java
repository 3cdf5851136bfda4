package io.toolstream.worker.limits;

import io.toolstream.settings.ConcurrencySettings;
import io.toolstream.worker.invoke.Capacity;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import io.toolstream.worker.limits.GradientLimit.Wish;

/**
 * How many attempts a server is given at the same time, in all and for calls that nobody waits for; learned from how they end.
 * Guarded by its owner.
 */
final class Allowance {
    private static final int MOST_TOOLS = 500;

    private final GradientLimit limit;
    private final BackgroundShare background;
    private final RecentlyUsed<Pace> paces = new RecentlyUsed<>(MOST_TOOLS, Pace::new);

    /** @param capacity of its connections */
    Allowance(ConcurrencySettings settings, Capacity capacity) {
        this.limit = new GradientLimit(settings, capacity);
        this.background = new BackgroundShare(settings.background(), capacity);
    }

    int permits() {
        return limit.permits();
    }

    int inBackground(long nowNanos) {
        return background.of(limit.permits(), nowNanos);
    }

    /** Whether something is kept from calls that nobody waits for. */
    boolean isKept(long nowNanos) {
        return background.isLimited(nowNanos);
    }

    /** When less may be kept without anybody's doing. */
    long keptUntilNanos() {
        return background.endNanos();
    }

    /** An interactive call has come: with it so many of them are under way or wait. */
    void cameLive(int atOnce, long nowNanos) {
        background.cameLive(atOnce, nowNanos);
    }

    /** What an attempt of a tool takes at its best; 0 if that is not known. */
    long leastNanos(Tool tool) {
        return paces.of(tool.name()).leastNanos();
    }

    /** @param wish of those who wait now */
    void ended(Permit permit, Outcome outcome, Wish wish, long nowNanos) {
        if (outcome instanceof Outcome.Failed failed) {
            switch (failed.failure().code()) {
                case RATE_LIMITED, OVERLOADED -> limit.pushedBack();
                case TIMED_OUT -> limit.timedOut();
                default -> limit.failed();
            }
        } else {
            Pace pace = paces.of(permit.tool().name());
            pace.took(nowNanos - permit.issuedNanos(), nowNanos);
            limit.answered(pace.slowdown(), wish);
            background.answered(pace.slowdown(), limit.permits(), nowNanos);
        }
    }
}
