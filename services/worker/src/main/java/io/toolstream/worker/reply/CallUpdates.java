package io.toolstream.worker.reply;

import io.toolstream.wire.Progress;
import io.toolstream.wire.RawJson;
import io.toolstream.worker.invoke.Updates;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What the caller of one call hears before the end: replies that are not final. They are news, not records: at most one is
 * on its way to the broker, there is a gap between two, what comes meanwhile is dropped, and none is tried again.
 *
 * <p>Any thread. Guarded by this object's lock, and written under it, so that none comes after {@link #end()}, which comes
 * before the final reply: both go to the same partition through the same producer. Writing does not block.
 */
public final class CallUpdates implements Updates {
    static final Duration GAP = Duration.ofMillis(100);

    private final Function<RawJson, CompletableFuture<?>> writer;
    private final LongSupplier nanoTime;
    private boolean isEnded;
    private boolean isOnItsWay;
    private boolean isFirst = true;
    private double reached = Double.NEGATIVE_INFINITY;
    private long lastNanos;

    /** @param writer of the reply with that {@code _meta}; does not block */
    CallUpdates(Function<RawJson, CompletableFuture<?>> writer, LongSupplier nanoTime) {
        this.writer = writer;
        this.nanoTime = nanoTime;
    }

    /** Reports may overtake each other on their way here: what is behind is left out. */
    @Override
    public synchronized void progressed(Progress progress) {
        if (progress.done() > reached && isTimeForOne()) {
            reached = progress.done();
            write(progress.meta());
        }
    }

    @Override
    public synchronized void becameTask() {
        if (isTimeForOne()) {
            write(Progress.metaOfTask());
        }
    }

    private boolean isTimeForOne() {
        return !isEnded && !isOnItsWay && (isFirst || nanoTime.getAsLong() - lastNanos >= GAP.toNanos());
    }

    private void write(RawJson meta) {
        isFirst = false;
        isOnItsWay = true;
        lastNanos = nanoTime.getAsLong();
        var unused = writer.apply(meta).whenComplete((done, failure) -> arrived());
    }

    private synchronized void arrived() {
        isOnItsWay = false;
    }

    /** Nothing is written from here on. */
    public synchronized void end() {
        isEnded = true;
    }
}
