package io.toolstream.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions a tail follows, and from where.
 *
 * @param chosen null: all there are
 */
record TailPartitions(String topic, @Nullable Set<Integer> chosen, StartAt start) {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Override
    public String toString() {
        return chosen == null ? "topic " + topic : "topic " + topic + ", partitions " + chosen;
    }

    /** Empty if there is no such topic. Served from the client's metadata once that is there; else asks the broker. */
    Set<TopicPartition> of(Consumer<?, ?> consumer) {
        List<PartitionInfo> known = consumer.partitionsFor(topic, TIMEOUT);
        Set<TopicPartition> wanted = new HashSet<>();
        for (PartitionInfo info : known == null ? List.<PartitionInfo>of() : known) {
            if (chosen == null || chosen.contains(info.partition())) {
                wanted.add(new TopicPartition(topic, info.partition()));
            }
        }
        return wanted;
    }

    /** True if these are all that were chosen: a tail that silently leaves one out would claim to know what it does not. */
    boolean isComplete(Set<TopicPartition> found) {
        return chosen == null ? !found.isEmpty() : found.size() == chosen.size();
    }

    /** Fixes the position of each now: what is produced from here on lies behind it. */
    void seekStart(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (start == StartAt.END) {
            consumer.seekToEnd(partitions);
        } else {
            consumer.seekToBeginning(partitions);
        }
        for (TopicPartition partition : partitions) {
            consumer.position(partition, TIMEOUT);
        }
    }
}
