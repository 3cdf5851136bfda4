package io.toolstream.worker.limits;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Time for those who wait.
 *
 * @param clock deadlines are told by it
 * @param nanos everything else is measured by it
 * @param timer only hands on to {@code callThreads}
 */
public record Clockwork(InstantSource clock, LongSupplier nanos, ScheduledExecutorService timer, Executor callThreads) {
    public static Clockwork system(InstantSource clock, ScheduledExecutorService timer, Executor callThreads) {
        return new Clockwork(clock, System::nanoTime, timer, callThreads);
    }

    long nowNanos() {
        return nanos.getAsLong();
    }

    /** When a call's deadline passes, by {@link #nanos}. */
    long nanosOf(long deadlineMillis, long nowNanos) {
        return nowNanos + Duration.ofMillis(deadlineMillis - clock.millis()).toNanos();
    }

    /** On a call thread, not earlier than then; never once the worker's threads are gone. */
    void at(long dueNanos, Runnable task) {
        long delayNanos = Math.max(0, dueNanos - nowNanos());
        try {
            var unused = timer.schedule(() -> handOn(task), delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The worker has ended, and nobody waits for an answer any more.
            return;
        }
    }

    private void handOn(Runnable task) {
        try {
            callThreads.execute(task);
        } catch (RejectedExecutionException e) {
            // As above.
            return;
        }
    }
}
