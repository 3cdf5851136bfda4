package io.toolstream.worker.reply;

import io.toolstream.kafka.Publisher;
import io.toolstream.wire.Event;
import io.toolstream.wire.EventCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to one partition, as many in one record as have come while records before it were under way: at once when little happens,
 * in large records when much does, without a timer. A second record goes out beside the first only once it is full, so
 * that neither the broker's answer time limits the rate nor a busy worker writes many small records.
 *
 * <p>Any thread may call. {@code queue} and {@code underWay} are guarded by this object's lock, under which nothing is
 * encoded, published or completed. Bounded by the calls in flight, each of which waits for its event.
 */
final class EventJournal {
    /** Keeps a record well below the size of a topic's largest, at some hundred bytes an event. */
    private static final int MOST_IN_ONE_RECORD = 200;

    private static final int MOST_UNDER_WAY = 5; // what an idempotent producer keeps in order

    private final EventCodec codec = new EventCodec();
    private final Publisher publisher;
    private final String topic;
    private final int partition;

    private final Queue<Entry> queue = new ArrayDeque<>();
    private int underWay;

    EventJournal(Publisher publisher, String topic, int partition) {
        this.publisher = publisher;
        this.topic = topic;
        this.partition = partition;
    }

    /** Completes once the broker has the event; exceptionally only if it will never have it. */
    CompletableFuture<Void> append(Event event) {
        Entry entry = new Entry(event, new CompletableFuture<>());
        write(add(entry));
        return entry.written();
    }

    private synchronized List<Entry> add(Entry entry) {
        queue.add(entry);
        boolean isFull = queue.size() >= MOST_IN_ONE_RECORD;
        return underWay == 0 || (isFull && underWay < MOST_UNDER_WAY) ? take() : List.of();
    }

    /** Runs on the appending thread, then on the producer's for as long as events have come meanwhile. */
    private void write(List<Entry> entries) {
        if (!entries.isEmpty()) {
            var unused = publish(entries).whenComplete((position, failure) -> {
                write(takeAfterOne());
                entries.forEach(entry -> entry.finish(failure));
            });
        }
    }

    private synchronized List<Entry> takeAfterOne() {
        underWay--;
        boolean isFull = queue.size() >= MOST_IN_ONE_RECORD;
        return underWay == 0 || isFull ? take() : List.of();
    }

    private CompletableFuture<?> publish(List<Entry> entries) {
        try {
            return publisher.publish(
                    topic,
                    partition,
                    codec.encode(entries.stream().map(Entry::event).toList()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Counts what it returns as under way, unless that is nothing. Under the lock. */
    private List<Entry> take() {
        List<Entry> entries = new ArrayList<>(Math.min(queue.size(), MOST_IN_ONE_RECORD));
        while (entries.size() < MOST_IN_ONE_RECORD && !queue.isEmpty()) {
            entries.add(queue.remove());
        }
        underWay += entries.isEmpty() ? 0 : 1;
        return entries;
    }

    private record Entry(Event event, CompletableFuture<Void> written) {
        void finish(@Nullable Throwable failure) {
            if (failure == null) {
                written.complete(null);
            } else {
                written.completeExceptionally(failure);
            }
        }
    }
}
