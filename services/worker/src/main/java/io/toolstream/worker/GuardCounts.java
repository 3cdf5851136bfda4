package io.toolstream.worker;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What happened to one endpoint since it is watched, as numbers that only grow. Any thread; a reader may be an event behind. */
final class GuardCounts {
    private final LongSupplier nanoClock;
    private final LongAdder transitions = new LongAdder();
    private final LongAdder probes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicLong shutNanos = new AtomicLong();

    /** When its breaker left the closed state; 0 while it is in it. */
    private final AtomicLong leftNanos = new AtomicLong();

    GuardCounts(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Its breaker went to another state. */
    void changed(boolean isClosed) {
        transitions.increment();
        long nowNanos = nanoClock.getAsLong();
        if (isClosed) {
            long left = leftNanos.getAndSet(0);
            shutNanos.addAndGet(left == 0 ? 0 : nowNanos - left);
        } else {
            leftNanos.compareAndSet(0, nowNanos);
        }
    }

    void probed(boolean isAnswered) {
        probes.increment();
        if (!isAnswered) {
            failures.increment();
        }
    }

    long transitions() {
        return transitions.sum();
    }

    long probes() {
        return probes.sum();
    }

    long failures() {
        return failures.sum();
    }

    /** For how long its breaker was not closed. */
    long shutMillis() {
        long left = leftNanos.get();
        return (shutNanos.get() + (left == 0 ? 0 : nanoClock.getAsLong() - left)) / 1_000_000;
    }
}
