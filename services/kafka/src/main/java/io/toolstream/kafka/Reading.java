package io.toolstream.kafka;

import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ReadLoop} reads, from where, and what becomes of it. Called on the loop's thread only, which owns the
 * consumer; may block in the consumer alone.
 */
interface Reading {
    /** Brings the consumer's assignment up to date, and polls once. What it throws may pass, and it is called again. */
    ConsumerRecords<byte[], byte[]> read(Consumer<byte[], byte[]> consumer);

    /** Hands over what was read. What it throws ends the loop. */
    void handOver(ConsumerRecords<byte[], byte[]> records);

    /** Looks how far the reading has come; may ask the broker. What it throws may pass. */
    default void look(Consumer<byte[], byte[]> consumer) {}

    /** How long what comes is left to gather, after a read of so many records; 0 for not at all. */
    long restNanos(int records);

    /** True if the rest is over. */
    default boolean isUrgent() {
        return false;
    }

    /** The position of these is not in the log: retention, truncation, a topic made anew. */
    void lost(Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions);

    /** True once the broker has served it: a refusal is then taken for something that passes. */
    boolean hasBegun();

    /** The loop has ended; with a failure unless it was asked to. */
    default void ended(@Nullable Throwable failure) {}
}
