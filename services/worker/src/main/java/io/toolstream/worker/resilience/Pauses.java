package io.toolstream.worker.resilience;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Waits that hold no thread: the timer keeps them, and what comes after runs on {@code call-n}. Any thread.
 *
 * @param timer only completes futures
 */
public record Pauses(ScheduledExecutorService timer, Executor callThreads) {
    /** Completes when the time has passed or the caller cancels, whichever is first; at once while the worker closes. */
    CompletableFuture<Void> of(Duration wait, CompletableFuture<Void> cancelled) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        try {
            Runnable end = () -> over.complete(null);
            Future<?> due = timer.schedule(end, wait.toNanos(), TimeUnit.NANOSECONDS);
            var unused = cancelled.thenRun(() -> {
                if (over.complete(null)) {
                    due.cancel(false);
                }
            });
        } catch (RejectedExecutionException closing) {
            over.complete(null);
        }
        return over.thenRunAsync(() -> {}, callThreads);
    }
}
