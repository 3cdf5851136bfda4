package io.toolstream.runtime.logging;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets one line of a kind into the log in so long, however often it is called for: bad input must not fill a disk. Any thread. */
public final class LogGate {
    private final long betweenNanos;
    private final LongSupplier nanoClock;
    private final AtomicLong nextNanos;

    public LogGate(Duration between, LongSupplier nanoClock) {
        this.betweenNanos = between.toNanos();
        this.nanoClock = nanoClock;
        this.nextNanos = new AtomicLong(nanoClock.getAsLong());
    }

    public void tell(Runnable line) {
        long due = nextNanos.get();
        long nowNanos = nanoClock.getAsLong();
        if (nowNanos - due >= 0 && nextNanos.compareAndSet(due, nowNanos + betweenNanos)) {
            line.run();
        }
    }
}
