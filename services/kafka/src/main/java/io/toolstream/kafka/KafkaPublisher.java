package io.toolstream.kafka;

import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A {@link Publisher} over one Kafka producer. */
@SuppressWarnings("DoNotCallSuggester")
public final class KafkaPublisher implements Publisher, PartitionCounts {
    private KafkaPublisher() {}

    /** For what somebody waits for: calls, replies, claims. */
    public static KafkaPublisher latency(KafkaConnection connection) {
        throw new UnsupportedOperationException();
    }

    /** For what nobody waits for: events, dead letters, catalogue. */
    public static KafkaPublisher bulk(KafkaConnection connection) {
        throw new UnsupportedOperationException();
    }

    /** Looks the topics up and connects, so that the first record is as quick as the second. */
    public CompletableFuture<Void> warmUp(Collection<String> topics) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Integer> partitions(String topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<RecordPosition> publish(String topic, @Nullable Integer partition, OutboundRecord record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
