package io.toolstream.worker.cache.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Closes for a while after several failures in a row. Any thread. */
final class Gate {
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong closedUntilNanos;
    private final int limit;
    private final long closedNanos;
    private final LongSupplier nanoClock;

    Gate(int limit, Duration closed, LongSupplier nanoClock) {
        this.limit = limit;
        this.closedNanos = closed.toNanos();
        this.nanoClock = nanoClock;
        this.closedUntilNanos = new AtomicLong(nanoClock.getAsLong());
    }

    boolean isOpen() {
        return nanoClock.getAsLong() - closedUntilNanos.get() >= 0;
    }

    void succeeded() {
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    /** True if that closed it. */
    boolean failed() {
        if (failures.incrementAndGet() < limit) {
            return false;
        }
        failures.set(0);
        closedUntilNanos.set(nanoClock.getAsLong() + closedNanos);
        return true;
    }
}
