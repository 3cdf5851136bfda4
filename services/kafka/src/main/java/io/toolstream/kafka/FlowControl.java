package io.toolstream.kafka;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions are read: all, or none while the engine has no room, or all but those that wait for their oldest
 * record. What is paused is asked of the consumer each time, never remembered: a rebalance may have changed it.
 */
final class FlowControl {
    private static final Logger log = LoggerFactory.getLogger(FlowControl.class);

    private final Consumer<byte[], byte[]> consumer;

    FlowControl(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    void pauseAll() {
        pause(minus(consumer.assignment(), consumer.paused()));
    }

    void readAllButFull(Collection<Assignment> assignments) {
        Set<TopicPartition> full = new HashSet<>();
        for (Assignment assignment : assignments) {
            if (assignment.isFull()) {
                full.add(assignment.partition());
            }
        }
        Set<TopicPartition> paused = consumer.paused();
        pause(minus(full, paused));
        resume(minus(paused, full));
    }

    private void pause(Set<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            log.debug("pauses {}", partitions);
            consumer.pause(partitions);
        }
    }

    private void resume(Set<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            log.debug("resumes {}", partitions);
            consumer.resume(partitions);
        }
    }

    private static Set<TopicPartition> minus(Set<TopicPartition> some, Set<TopicPartition> others) {
        Set<TopicPartition> rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }
}
