package io.toolstream.worker.cache.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets one line a second into the log, whatever goes on. Any thread. */
final class Notices {
    private static final long BETWEEN_NANOS = Duration.ofSeconds(1).toNanos();

    private final AtomicLong nextNanos;
    private final LongSupplier nanoClock;

    Notices(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.nextNanos = new AtomicLong(nanoClock.getAsLong());
    }

    void tell(Runnable line) {
        long due = nextNanos.get();
        long nowNanos = nanoClock.getAsLong();
        if (nowNanos - due >= 0 && nextNanos.compareAndSet(due, nowNanos + BETWEEN_NANOS)) {
            line.run();
        }
    }
}
