package io.toolstream.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A mock that can refuse commits. */
final class RefusingConsumer extends MockConsumer<byte[], byte[]> {
    volatile @Nullable KafkaException refusal;
    final java.util.Deque<KafkaException> committedRefusals = new java.util.ArrayDeque<>();
    final java.util.Deque<KafkaException> syncRefusals = new java.util.ArrayDeque<>();
    final Map<TopicPartition, OffsetAndMetadata> commits = new java.util.concurrent.ConcurrentHashMap<>();
    volatile @Nullable Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> late;

    /** Happens in the poll that brings what is {@link #late}. */
    Runnable whileLate = () -> {};

    private @Nullable ConsumerRebalanceListener listener;

    /** Where the log ends, as far as a test says so. */
    final Map<TopicPartition, Long> ends = new java.util.HashMap<>();

    RefusingConsumer() {
        super("earliest");
    }

    /** What a member finds that takes over. */
    RefusingConsumer successor() {
        RefusingConsumer next = new RefusingConsumer();
        next.commits.putAll(commits);
        next.ends.putAll(ends);
        return next;
    }

    @Override
    public synchronized Map<TopicPartition, Long> endOffsets(
            java.util.Collection<TopicPartition> partitions, Duration timeout) {
        Map<TopicPartition, Long> found = new java.util.HashMap<>(ends);
        found.keySet().retainAll(partitions);
        return found;
    }

    String note(int partition) {
        return java.util.Objects.requireNonNull(commits.get(Records.partition(partition)))
                .metadata();
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
            Set<TopicPartition> partitions, Duration timeout) {
        KafkaException refused = committedRefusals.poll();
        if (refused != null) {
            throw refused;
        }
        Map<TopicPartition, OffsetAndMetadata> found = new java.util.HashMap<>(commits);
        found.keySet().retainAll(partitions);
        return found;
    }

    long committed(int partition) {
        OffsetAndMetadata offset = commits.get(Records.partition(partition));
        return offset == null ? OffsetTracker.UNKNOWN : offset.offset();
    }

    ConsumerRebalanceListener listener() {
        return java.util.Objects.requireNonNull(listener);
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        var brought = late;
        late = null;
        if (brought == null) {
            return super.poll(timeout);
        }
        whileLate.run();
        return new ConsumerRecords<>(brought, Map.of());
    }

    @Override
    public void subscribe(java.util.Collection<String> topics, ConsumerRebalanceListener callback) {
        listener = callback;
        super.subscribe(topics, callback);
    }

    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
        if (refusal != null && callback != null) {
            callback.onComplete(offsets, refusal);
        } else {
            commits.putAll(offsets);
            super.commitAsync(offsets, callback);
        }
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        KafkaException refused = syncRefusals.poll();
        if (refused != null) {
            throw refused;
        }
        super.commitSync(offsets, timeout);
    }
}
