package io.toolstream.worker.limits;

import io.toolstream.settings.ConcurrencySettings;
import io.toolstream.worker.invoke.Capacity;

/**
 * How many permits a server has: more as long as it takes no longer for that, fewer when it does. Guarded by its owner.
 *
 * <p>Decides once for every window of so many answers as there are permits, {@value #LEAST_WINDOW} at least. The shape is that of
 * Netflix's {@code Gradient2Limit} (concurrency-limits): the limit is multiplied by how much faster the server was with
 * little to do, with a tolerance, and a queue of about the root of the limit may stand. Two things differ. What it is compared with is
 * not a long average, which under lasting overload becomes the overload itself, but a floor, as Envoy's adaptive
 * concurrency and TCP Vegas have one; and it is compared tool by tool ({@link Pace}), since one server offers tools of a
 * millisecond and of a minute.
 *
 * <p>Failures never raise it. What the server itself says (429, 503 with {@code Retry-After}) and what takes too long cuts
 * it at once, once for as many endings as there are permits (multiplicative decrease).
 *
 * <p>It is never more than makes sense with the connections there are, as far as that is known now; what was learned
 * beyond that is kept until the next step.
 */
final class GradientLimit {
    private static final int LEAST_WINDOW = 20;

    /** Whether somebody waits for a permit, which he would have with a higher limit. In this order: the last is strongest. */
    enum Wish {
        /** An unused limit says nothing about whether it is right. */
        NONE,
        /** Somebody who gives way to interactive calls, and is not to make the server noticeably slower for them. */
        PATIENT,
        PRESSING
    }

    /** Slower by less than this: it may have more. */
    private static final double ROOM_TO_GROW = 1.5;

    /** Slower by more than this: it gets less. */
    private static final double TOLERANCE = 2.0;

    private static final double SMOOTHING = 0.2;
    private static final double LEAST_GRADIENT = 0.5;
    private static final double PUSHED_BACK = 0.7;
    private static final double TIMED_OUT = 0.9;

    private final int least;
    private final int most;
    private final Capacity capacity;
    private double limit;

    private int answers;
    private double slowdowns;
    private Wish wish = Wish.NONE;
    private int endingsSinceCut;

    /** @param capacity of the server's connections */
    GradientLimit(ConcurrencySettings settings, Capacity capacity) {
        this.least = settings.least();
        this.most = settings.most();
        this.capacity = capacity;
        this.limit = settings.initial();
        this.endingsSinceCut = Integer.MAX_VALUE / 2;
    }

    int permits() {
        return (int) current();
    }

    private double current() {
        return Math.min(limit, ceiling());
    }

    private int ceiling() {
        return Math.max(1, Math.min(most, capacity.most()));
    }

    /**
     * The server has answered.
     *
     * @param slowdown how many times as long as with little to do
     */
    void answered(double slowdown, Wish now) {
        endingsSinceCut++;
        slowdowns += slowdown;
        wish = now.compareTo(wish) > 0 ? now : wish;
        if (++answers >= Math.max(LEAST_WINDOW, permits())) {
            decide(slowdowns / answers);
            answers = 0;
            slowdowns = 0;
            wish = Wish.NONE;
        }
    }

    private void decide(double slowdown) {
        double gradient = Math.max(LEAST_GRADIENT, Math.min(1, TOLERANCE / slowdown));
        double now = current();
        if (gradient < 1) {
            moveTo(now * (1 - SMOOTHING) + now * gradient * SMOOTHING);
        } else if (slowdown < roomToGrow()) {
            moveTo(now + Math.max(1, Math.sqrt(now) * SMOOTHING));
        }
    }

    private double roomToGrow() {
        return switch (wish) {
            case NONE -> 0;
            case PATIENT -> BackgroundShare.NOTICEABLE;
            case PRESSING -> ROOM_TO_GROW;
        };
    }

    /** The server wants less. */
    void pushedBack() {
        cut(PUSHED_BACK);
    }

    /** An attempt took too long. */
    void timedOut() {
        cut(TIMED_OUT);
    }

    /** Something else went wrong, which tells nothing about how much is right. */
    void failed() {
        endingsSinceCut++;
    }

    private void cut(double factor) {
        if (++endingsSinceCut > permits()) {
            endingsSinceCut = 0;
            moveTo(current() * factor);
        }
    }

    private void moveTo(double other) {
        int ceiling = ceiling();
        limit = Math.max(Math.min(least, ceiling), Math.min(ceiling, other));
    }
}
