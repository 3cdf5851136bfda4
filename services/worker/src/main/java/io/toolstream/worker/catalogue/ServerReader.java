package io.toolstream.worker.catalogue;

import io.toolstream.mcp.CatalogueDrift;
import io.toolstream.mcp.CatalogueListener;
import io.toolstream.mcp.ToolCatalogue;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.worker.invoke.Quoted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one server's tools again and again, one reading at a time: at an interval, when a call meets a sign that they have
 * changed, and when the server says so. Everything here runs on the catalogue's thread.
 *
 * <p>Calls may wait for a reading that is under way, but few of them and not for long: a server that hangs must not hold
 * the slots of calls that could be executed elsewhere. A server may say that its tools have changed as often as it likes;
 * it is read again after a gap, and what it says during a reading is not lost.
 */
final class ServerReader {
    private static final Logger log = LoggerFactory.getLogger(ServerReader.class);
    private static final int MOST_WAITING = 50;
    private static final int MOST_NAMED = 20;

    private final CatalogueSource source;
    private final ScheduledExecutorService thread;
    private final RandomGenerator random;
    private final Consumer<Reading> onEnd;
    private final CompletableFuture<Void> firstEnd = new CompletableFuture<>();

    /** So that a server that says it a thousand times leaves one task in the thread's queue. */
    private final AtomicBoolean isToldStale = new AtomicBoolean();

    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

    /** Written by the catalogue's thread alone. */
    private volatile ServerTools current;

    private CatalogueListener.@Nullable Registration watching;
    private boolean isClosed;
    private boolean isUnderWay;
    private boolean isStale;
    private boolean wasComplete = true;
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

    /** Listens from now on, and reads for the first time. */
    void begin() {
        if (!isClosed) {
            watching = source.server().watch(new CatalogueListener() {
                @Override
                public void onStale() {
                    tellStale();
                }
            });
            read();
        }
    }

    /** On a connection's thread. */
    private void tellStale() {
        if (isToldStale.compareAndSet(false, true)) {
            try {
                thread.execute(this::stale);
            } catch (RejectedExecutionException closing) {
                log.trace("closing");
            }
        }
    }

    private void stale() {
        isToldStale.set(false);
        if (isUnderWay) {
            isStale = true;
        } else {
            readIn(untilGapIsOver());
        }
    }

    private Duration untilGapIsOver() {
        long sinceNanos = System.nanoTime() - endedNanos;
        Duration left = ReadTimes.LEAST_GAP.minusNanos(sinceNanos);
        return !firstEnd.isDone() || left.isNegative() ? Duration.ZERO : left;
    }

    private void read() {
        if (!isUnderWay && !isClosed) {
            isUnderWay = true;
            isStale = false;
            beganNanos = System.nanoTime();
            var unused = source.server().catalogue().whenCompleteAsync(this::ended, thread);
        }
    }

    /** Reads no more, and lets go whoever waits. */
    void close() {
        isClosed = true;
        next.cancel(false);
        CatalogueListener.Registration listening = watching;
        if (listening != null) {
            listening.close();
        }
        letGo();
    }

    private void letGo() {
        firstEnd.complete(null);
        waiting.forEach(waiter -> waiter.complete(null));
        waiting.clear();
    }

    /** Reads, if that was not done just now, and completes {@code waiter} when done or when waiting is of no use. */
    void refresh(CompletableFuture<Void> waiter) {
        boolean isOfNoUse = isUnderWay ? isOverdue() || waiting.size() >= MOST_WAITING : isFresh();
        if (isClosed || isOfNoUse) {
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

    private void ended(@Nullable ToolCatalogue listed, @Nullable Throwable failure) {
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
            readIn(isStale ? ReadTimes.LEAST_GAP : source.times().untilNext(failures, timeToLive(listed), random));
        }
    }

    private static @Nullable Duration timeToLive(@Nullable ToolCatalogue listed) {
        return listed == null ? null : listed.timeToLive();
    }

    private Reading read(ToolCatalogue listed) {
        Reading reading = Reading.of(source, listed, current);
        if (failures > 0 || !current.isKnown()) {
            log.info(
                    "tool server {} lists {} tools",
                    source.name(),
                    listed.tools().size());
        }
        failures = 0;
        complain(listed, reading);
        return reading;
    }

    /** Of everything once. */
    private void complain(ToolCatalogue listed, Reading reading) {
        Map<String, String> knownBefore = current.disabled();
        reading.tools().disabled().forEach((tool, why) -> {
            if (!why.equals(knownBefore.get(tool))) {
                log.warn("tool {} of {} is disabled: {}", Quoted.of(tool), source.name(), why);
            }
        });
        if (wasComplete && !listed.isComplete()) {
            log.warn("the list of tools of {} is too long or has no end: the rest is not offered", source.name());
        }
        wasComplete = listed.isComplete();
        CatalogueDrift drift = reading.drift();
        if (!drift.isEmpty()) {
            log.info(
                    "tool server {} has other tools: added {}, removed {}, changed {}",
                    source.name(),
                    names(drift.added()),
                    names(drift.removed()),
                    names(drift.changed()));
        }
    }

    private static List<String> names(Set<String> tools) {
        return tools.stream().sorted().limit(MOST_NAMED).map(Quoted::of).toList();
    }

    private Reading failed(@Nullable Throwable failure) {
        String reason = reason(failure);
        if (failures == 0) {
            log.warn("tool server {} cannot be read, trying again: {}", source.name(), reason);
        }
        failures++;
        return Reading.failed(current.in(new Condition(Health.UNHEALTHY, reason)));
    }

    private static String reason(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        String message = cause == null ? null : cause.getMessage();
        return message == null ? "for a reason unknown" : message;
    }

    private void readIn(Duration wait) {
        next.cancel(false);
        next = later(wait, this::read);
    }

    private Future<?> later(Duration wait, Runnable task) {
        return thread.isShutdown()
                ? CompletableFuture.completedFuture(null)
                : thread.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    }
}
