package io.toolstream.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Where records wait that the producer cannot take yet, because their topic is being looked up, the first of their partition
 * is under way or its buffer is full: in order per partition, or per topic where they do not name one, bounded in bytes and in
 * time. Empty almost always.
 *
 * <p>Any thread adds; the executor's one thread alone takes out. A line exists only while something stands in it,
 * and changes only inside of the map's atomic operations. A record leaves its line after it was given to the producer,
 * not before: so whoever finds no line may give directly, and overtakes nobody who published before on the same thread.
 */
final class WaitingRoom {
    private static final long MAX_BYTES = 64L << 20;
    private static final long AGAIN_MILLIS = 2;

    private final ConcurrentHashMap<PendingSend.Line, Queue<PendingSend>> lines = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final Predicate<PendingSend> give;
    private final Duration patience;
    private final ScheduledExecutorService executor;
    private final LongSupplier nanoTime;

    /** @param give true if nobody needs to care for the record any more, false if it has to wait on */
    WaitingRoom(
            Predicate<PendingSend> give, Duration patience, ScheduledExecutorService executor, LongSupplier nanoTime) {
        this.give = give;
        this.patience = patience;
        this.executor = executor;
        this.nanoTime = nanoTime;
    }

    boolean hasLine(PendingSend.Line line) {
        return lines.containsKey(line);
    }

    void add(PendingSend send) {
        if (bytes.addAndGet(send.bytes()) > MAX_BYTES) {
            bytes.addAndGet(-send.bytes());
            send.fail(new TimeoutException("more than " + MAX_BYTES + " bytes wait for the producer"));
            return;
        }
        Queue<PendingSend> fresh = new ConcurrentLinkedQueue<>();
        Queue<PendingSend> line = lines.compute(send.line(), (name, existing) -> {
            Queue<PendingSend> joined = existing == null ? fresh : existing;
            joined.add(send);
            return joined;
        });
        if (line == fresh) {
            schedule(send.line(), 0);
        }
    }

    /** Fails whatever waits. */
    void close() {
        for (PendingSend.Line name : List.copyOf(lines.keySet())) {
            close(name);
        }
    }

    private void close(PendingSend.Line name) {
        Queue<PendingSend> line = lines.remove(name);
        if (line != null) {
            for (PendingSend send : line) {
                bytes.addAndGet(-send.bytes());
                send.fail(new IllegalStateException("the producer is closed"));
            }
        }
    }

    private void advance(PendingSend.Line name) {
        Queue<PendingSend> line = lines.get(name);
        while (line != null) {
            PendingSend head = line.element();
            if (isOverdue(head)) {
                head.fail(new TimeoutException("waited " + patience
                        + " for the topic, for the first record of its partition, or for room in the buffer"));
            } else if (!give.test(head)) {
                schedule(name, AGAIN_MILLIS);
                return;
            }
            bytes.addAndGet(-head.bytes());
            line = lines.computeIfPresent(name, (same, queue) -> {
                queue.remove();
                return queue.isEmpty() ? null : queue;
            });
        }
    }

    private boolean isOverdue(PendingSend send) {
        return nanoTime.getAsLong() - send.submittedNanos() > patience.toNanos();
    }

    private void schedule(PendingSend.Line name, long millis) {
        try {
            var unused = executor.schedule(() -> advance(name), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            close(name);
        }
    }
}
