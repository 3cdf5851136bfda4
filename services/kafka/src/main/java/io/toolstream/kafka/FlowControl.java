package io.toolstream.kafka;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions are read: all, or none while the engine has no room, or all but those that wait for their oldest
 * record. What is paused is asked of the consumer each time, never remembered: a rebalance may have changed it.
 */
final class FlowControl {
    private final Consumer<byte[], byte[]> consumer;

    FlowControl(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    void pauseAll() {
        Set<TopicPartition> reading = new HashSet<>(consumer.assignment());
        reading.removeAll(consumer.paused());
        pause(reading);
    }

    void readAllButFull(Collection<Assignment> assignments) {
        Set<TopicPartition> paused = consumer.paused();
        Set<TopicPartition> toPause = new HashSet<>();
        Set<TopicPartition> toResume = new HashSet<>(paused);
        for (Assignment assignment : assignments) {
            if (assignment.isFull()) {
                toResume.remove(assignment.partition());
                if (!paused.contains(assignment.partition())) {
                    toPause.add(assignment.partition());
                }
            }
        }
        pause(toPause);
        if (!toResume.isEmpty()) {
            consumer.resume(toResume);
        }
    }

    private void pause(Set<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            consumer.pause(partitions);
        }
    }
}
