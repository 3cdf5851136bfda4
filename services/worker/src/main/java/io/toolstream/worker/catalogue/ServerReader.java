package io.toolstream.worker.catalogue;

import io.toolstream.mcp.ToolDefinition;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one server's tools again and again, one reading at a time. Everything here runs on the catalogue's thread.
 *
 * <p>Calls may wait for a reading that is under way, but few of them and not for long: a server that hangs must not hold
 * the slots of calls that could be executed elsewhere.
 */
final class ServerReader {
    private static final Logger log = LoggerFactory.getLogger(ServerReader.class);
    private static final int MOST_WAITING = 50;

    private final CatalogueSource source;
    private final ScheduledExecutorService thread;
    private final RandomGenerator random;
    private final Consumer<Reading> onEnd;
    private final CompletableFuture<Void> firstEnd = new CompletableFuture<>();

    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

    /** Written by the catalogue's thread alone. */
    private volatile ServerTools current;

    private boolean isClosed;
    private boolean isUnderWay;
    private long beganNanos;
    private long endedNanos;
    private int failures;
    private Future<?> next = CompletableFuture.completedFuture(null);

    ServerReader(
            CatalogueSource source, ScheduledExecutorService thread, RandomGenerator random, Consumer<Reading> onEnd) {
        this.source = source;
        this.thread = thread;
        this.random = random;
        this.onEnd = onEnd;
        this.current = ServerTools.unread(source.name());
    }

    CatalogueSource source() {
        return source;
    }

    /** Completes when the first reading has ended, well or not. */
    CompletableFuture<Void> firstEnd() {
        return firstEnd;
    }

    ServerTools current() {
        return current;
    }

    void read() {
        if (!isUnderWay && !isClosed) {
            isUnderWay = true;
            beganNanos = System.nanoTime();
            var unused = source.server().listTools().whenCompleteAsync(this::ended, thread);
        }
    }

    /** Reads no more, and lets go whoever waits. */
    void close() {
        isClosed = true;
        next.cancel(false);
        letGo();
    }

    private void letGo() {
        firstEnd.complete(null);
        waiting.forEach(waiter -> waiter.complete(null));
        waiting.clear();
    }

    /** Reads, if that was not done just now, and completes {@code waiter} when done or when waiting is of no use. */
    void refresh(CompletableFuture<Void> waiter) {
        if (isClosed) {
            waiter.complete(null);
            return;
        }
        if (isUnderWay ? isOverdue() || waiting.size() >= MOST_WAITING : isFresh()) {
            waiter.complete(null);
            return;
        }
        waiting.add(waiter);
        read();
        var unused = later(source.times().patience(), () -> waiter.complete(null));
    }

    private boolean isOverdue() {
        return System.nanoTime() - beganNanos > source.times().patience().toNanos();
    }

    private boolean isFresh() {
        return firstEnd.isDone()
                && System.nanoTime() - endedNanos < source.times().retry().toNanos();
    }

    private void ended(@Nullable List<ToolDefinition> listed, @Nullable Throwable failure) {
        isUnderWay = false;
        endedNanos = System.nanoTime();
        if (isClosed) {
            return;
        }
        try {
            Reading reading = listed == null ? failed(failure) : read(listed);
            current = reading.tools();
            onEnd.accept(reading);
        } catch (RuntimeException e) {
            log.error("the tools of {} met a bug", source.name(), e);
        } finally {
            letGo();
            next.cancel(false);
            next = later(source.times().untilNext(failures, random), this::read);
        }
    }

    private Reading read(List<ToolDefinition> listed) {
        Reading reading = Reading.of(source, listed, current);
        if (failures > 0 || !current.isKnown()) {
            log.info("tool server {} lists {} tools", source.name(), listed.size());
        }
        failures = 0;
        return reading;
    }

    private Reading failed(@Nullable Throwable failure) {
        String reason = reason(failure);
        if (failures == 0) {
            log.warn("tool server {} cannot be read, trying again: {}", source.name(), reason);
        }
        failures++;
        return new Reading(current.in(new Condition(Health.UNHEALTHY, reason)), Map.of());
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        String message = cause == null ? null : cause.getMessage();
        return message == null ? "for a reason unknown" : message;
    }

    private Future<?> later(Duration wait, Runnable task) {
        return thread.isShutdown()
                ? CompletableFuture.completedFuture(null)
                : thread.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    }
}
