package io.toolstream.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The way from where a consumer stands to the ends that its partitions had at one moment. By positions, not records: the
 * last offsets may be gaps. On the consumer's thread.
 */
final class CatchUp {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final Map<TopicPartition, Long> left;

    private CatchUp(Consumer<?, ?> consumer, Map<TopicPartition, Long> left) {
        this.consumer = consumer;
        this.left = left;
    }

    /** To the ends as they are now. */
    static CatchUp of(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        return new CatchUp(consumer, new HashMap<>(consumer.endOffsets(partitions, TIMEOUT)));
    }

    /** True if the record stood there at that moment. */
    boolean includes(TopicPartition partition, long offset) {
        Long end = left.get(partition);
        return end != null && offset < end;
    }

    boolean isDone() {
        left.entrySet().removeIf(entry -> consumer.position(entry.getKey(), TIMEOUT) >= entry.getValue());
        return left.isEmpty();
    }
}
