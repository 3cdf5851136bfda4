package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Follows partitions of one topic without a group. */
@SuppressWarnings("DoNotCallSuggester")
public final class PartitionTail implements AutoCloseable {
    private PartitionTail() {}

    /** Follows all partitions of the topic, also those added later. */
    public static PartitionTail start(
            KafkaConnection connection, String topic, StartAt start, Consumer<InboundRecord> onTailThread) {
        throw new UnsupportedOperationException();
    }

    /** Follows these partitions. */
    public static PartitionTail start(
            KafkaConnection connection,
            String topic,
            Set<Integer> partitions,
            StartAt start,
            Consumer<InboundRecord> onTailThread) {
        throw new UnsupportedOperationException();
    }

    /** Completes when whatever is produced from then on will be seen. */
    public CompletableFuture<Void> ready() {
        throw new UnsupportedOperationException();
    }

    /** Completes when everything that stood in the topic at the start has been handed over. */
    public CompletableFuture<Void> caughtUp() {
        throw new UnsupportedOperationException();
    }

    /** Completes when the tail has ended: normally after {@link #close}, exceptionally after a failure. */
    public CompletableFuture<Void> terminated() {
        throw new UnsupportedOperationException();
    }

    /** How often a partition's position was no longer (or not yet) in the log and reading began at the log's start. */
    public long resets() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
