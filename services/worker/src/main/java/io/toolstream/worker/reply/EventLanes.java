package io.toolstream.worker.reply;

import io.toolstream.kafka.Publisher;
import io.toolstream.wire.Event;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The partitions of the events topic, each with a journal of its own. All events of one partition of calls go to the same,
 * so that what is told twice of one call meets there and is counted once. Any thread may call.
 */
final class EventLanes {
    private final Map<Integer, EventJournal> journals = new ConcurrentHashMap<>();
    private final Publisher publisher;
    private final String topic;
    private final Supplier<CompletableFuture<Integer>> count;

    /** @param count of partitions that the topic has now; asked for each event, and so known already but for the first */
    EventLanes(Publisher publisher, String topic, Supplier<CompletableFuture<Integer>> count) {
        this.publisher = publisher;
        this.topic = topic;
        this.count = count;
    }

    /** Completes once the broker has the event; exceptionally only if it will never have it. */
    CompletableFuture<Void> append(Event event) {
        return count.get().thenCompose(partitions -> journal(event, partitions).append(event));
    }

    private EventJournal journal(Event event, int partitions) {
        int lane = event.origin().position().partition() % partitions;
        return journals.computeIfAbsent(lane, partition -> new EventJournal(publisher, topic, partition));
    }
}
