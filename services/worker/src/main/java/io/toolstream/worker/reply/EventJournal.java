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
 * Writes events, as many in one record as have come while the record before was under way: at once when little happens,
 * in large records when much does, without a timer.
 *
 * <p>Any thread may call. {@code queue} and {@code isWriting} are guarded by this object's lock, under which nothing is
 * encoded, published or completed. Bounded by the calls in flight, each of which waits for its event.
 */
final class EventJournal {
    /** Keeps a record well below the size of a topic's largest, at some hundred bytes an event. */
    private static final int MOST_IN_ONE_RECORD = 200;

    private final EventCodec codec = new EventCodec();
    private final Publisher publisher;
    private final String topic;

    private final Queue<Entry> queue = new ArrayDeque<>();
    private boolean isWriting;

    EventJournal(Publisher publisher, String topic) {
        this.publisher = publisher;
        this.topic = topic;
    }

    /** Completes once the broker has the event; exceptionally only if it will never have it. */
    CompletableFuture<Void> append(Event event) {
        Entry entry = new Entry(event, new CompletableFuture<>());
        synchronized (this) {
            queue.add(entry);
            if (isWriting) {
                return entry.written();
            }
            isWriting = true;
        }
        writeNext();
        return entry.written();
    }

    /** Runs on the appending thread, then on the producer's for as long as events have come meanwhile. */
    private void writeNext() {
        List<Entry> entries = take();
        if (!entries.isEmpty()) {
            var unused = publish(entries).whenComplete((position, failure) -> {
                writeNext();
                entries.forEach(entry -> entry.finish(failure));
            });
        }
    }

    private CompletableFuture<?> publish(List<Entry> entries) {
        try {
            return publisher.publish(
                    topic, null, codec.encode(entries.stream().map(Entry::event).toList()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized List<Entry> take() {
        List<Entry> entries = new ArrayList<>(Math.min(queue.size(), MOST_IN_ONE_RECORD));
        while (entries.size() < MOST_IN_ONE_RECORD && !queue.isEmpty()) {
            entries.add(queue.remove());
        }
        isWriting = !entries.isEmpty();
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
