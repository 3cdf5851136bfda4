package io.toolstream.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Why and until when an engine is to end; wakes its poll thread wherever that waits. Any thread; never blocks. The first
 * reason counts, except that a failure during an orderly end makes it a failure.
 */
final class StopSwitch {
    private final PollSignal signal;
    private final Runnable wakeConsumer;
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable Long> deadlineNanos = new AtomicReference<>();

    StopSwitch(PollSignal signal, Runnable wakeConsumer, LongSupplier nanoTime) {
        this.signal = signal;
        this.wakeConsumer = wakeConsumer;
        this.nanoTime = nanoTime;
    }

    void request(Duration drain) {
        deadlineNanos.compareAndSet(null, nanoTime.getAsLong() + drain.toNanos());
        wake();
    }

    void fail(Throwable why) {
        failure.compareAndSet(null, why);
        wake();
    }

    boolean isOn() {
        return failure.get() != null || deadlineNanos.get() != null;
    }

    @Nullable
    Throwable failure() {
        return failure.get();
    }

    /** How long anybody may still wait for what is in flight: for ever while all goes on, not at all after a failure. */
    long drainNanosLeft() {
        if (failure.get() != null) {
            return 0;
        }
        Long deadline = deadlineNanos.get();
        return deadline == null ? Long.MAX_VALUE : Math.max(0, deadline - nanoTime.getAsLong());
    }

    PollSignal signal() {
        return signal;
    }

    void wakeConsumer() {
        wakeConsumer.run();
    }

    private void wake() {
        signal.ring();
        wakeConsumer.run();
    }
}
