package io.toolstream.client;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.PartitionTail;
import io.toolstream.kafka.StartAt;
import io.toolstream.wire.TopicNames;
import java.util.concurrent.CompletableFuture;

/** Follows the catalogue topic: which tool servers and tools there are. Any thread may ask; nothing blocks. */
public final class CatalogueView implements AutoCloseable {
    private final CatalogueState state;
    private final PartitionTail tail;

    private CatalogueView(CatalogueState state, PartitionTail tail) {
        this.state = state;
        this.tail = tail;
    }

    /** Begins to read from the oldest entry and returns at once. */
    public static CatalogueView open(KafkaConnection kafka, TopicNames topics) {
        CatalogueState state = new CatalogueState();
        return new CatalogueView(state, PartitionTail.start(kafka, topics.catalogue(), StartAt.BEGINNING, state));
    }

    /**
     * The catalogue once everything that stood on the topic has been read. Completes on the tail's thread; exceptionally
     * where the topic cannot be read.
     */
    public CompletableFuture<Catalogue> loaded() {
        return tail.caughtUp().thenApply(caughtUp -> state.snapshot());
    }

    /** What is known now. */
    public Catalogue snapshot() {
        return state.snapshot();
    }

    @Override
    public void close() {
        tail.close();
    }
}
