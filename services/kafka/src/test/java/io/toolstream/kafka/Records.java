package io.toolstream.kafka;

import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Builds records for tests. */
final class Records {
    static final String TOPIC = "calls";
    static final PartitionLimits NO_LIMITS =
            new PartitionLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

    private Records() {}

    static TopicPartition partition(int partition) {
        return new TopicPartition(TOPIC, partition);
    }

    /** Of partition 0, not begun anywhere. */
    static Assignment assignment(Completions completions) {
        return new Assignment(partition(0), completions);
    }

    static InboundRecord at(long offset) {
        return new InboundRecord(new RecordPosition(TOPIC, 0, offset), 0, null, new byte[10], Headers.NONE);
    }

    static ConsumerRecord<byte[], byte[]> fetched(int partition, long offset, int bytes) {
        return new ConsumerRecord<>(TOPIC, partition, offset, null, new byte[bytes]);
    }
}
