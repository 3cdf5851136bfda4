package io.toolstream.kafka;

import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Builds records for tests. */
final class Records {
    static final String TOPIC = "calls";
    static final PartitionLimits NO_LIMITS = new PartitionLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

    private Records() {}

    static TopicPartition partition(int partition) {
        return new TopicPartition(TOPIC, partition);
    }

    /** Of partition 0, not begun anywhere. */
    static Assignment assignment(Completions completions) {
        return new Assignment(partition(0), completions, new TakeMarks(1, 1_000), new Exposure(Integer.MAX_VALUE / 2));
    }

    /** Of partition 0, free to hand over whatever is read. */
    static Assignment taken(Completions completions) {
        Assignment assignment = assignment(completions);
        assignment.marks().acknowledged(new Take(1, Long.MAX_VALUE, Take.NOBODY));
        return assignment;
    }

    /** As found by the next owner, crashes left aside. */
    static Resumption resumption(OffsetAndMetadata last) {
        OffsetRuns done = CommitNoteCodec.decode(last.offset(), last.metadata()).done();
        return new Resumption(last.offset(), last.metadata(), done, CrashHistory.NONE);
    }

    static InboundRecord at(long offset) {
        return new InboundRecord(new RecordPosition(TOPIC, 0, offset), 0, null, new byte[10], Headers.NONE);
    }

    static ConsumerRecord<byte[], byte[]> fetched(int partition, long offset, int bytes) {
        return new ConsumerRecord<>(TOPIC, partition, offset, null, new byte[bytes]);
    }
}
