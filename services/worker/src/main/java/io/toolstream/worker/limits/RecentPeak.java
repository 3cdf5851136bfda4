package io.toolstream.worker.limits;

import java.time.Duration;

/** The greatest of some numbers that were seen lately: within one span for certain, within two at most. Guarded by its owner. */
final class RecentPeak {
    private final long spanNanos;
    private long endNanos;
    private int inThisSpan;
    private int inTheLast;

    RecentPeak(Duration span) {
        this.spanNanos = span.toNanos();
    }

    void saw(int number, long nowNanos) {
        goOn(nowNanos);
        if (greatest() == 0) {
            endNanos = nowNanos + spanNanos;
        }
        inThisSpan = Math.max(inThisSpan, number);
    }

    /** 0 if nothing was seen lately. */
    int greatest(long nowNanos) {
        goOn(nowNanos);
        return greatest();
    }

    /** When it is next told anew, if nothing more is seen; means nothing while nothing was. */
    long endNanos() {
        return endNanos;
    }

    private int greatest() {
        return Math.max(inThisSpan, inTheLast);
    }

    private void goOn(long nowNanos) {
        long late = nowNanos - endNanos;
        if (late >= 0 && greatest() > 0) {
            inTheLast = late < spanNanos ? inThisSpan : 0;
            inThisSpan = 0;
            endNanos += spanNanos * (1 + late / spanNanos);
        }
    }
}
