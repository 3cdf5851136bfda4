package io.toolstream.client.deadletters;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets so many things happen in a second, evenly; what was not used is not made up for. For one thread. */
final class Pacer {
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final Sleeper sleeper;
    private long nextNanos;

    Pacer(int perSecond, LongSupplier nanoTime, Sleeper sleeper) {
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
        this.nextNanos = nanoTime.getAsLong();
    }

    /** Blocks until the next one may happen. */
    void await() throws InterruptedException {
        long now = nanoTime.getAsLong();
        long early = nextNanos - now; // by its difference: the clock may run over
        if (early > 0) {
            sleeper.sleep(early);
        }
        nextNanos = (early > 0 ? nextNanos : now) + intervalNanos;
    }

    /** Waits for some nanoseconds. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(long nanos) throws InterruptedException;
    }
}
