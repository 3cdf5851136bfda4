package io.toolstream.kafka;

import java.util.Map;

/**
 * A topic as it is needed.
 *
 * @param configs by Kafka's own names ({@code cleanup.policy}, {@code retention.ms}, …)
 */
public record TopicSpec(String name, int partitions, int replication, Map<String, String> configs) {
    public TopicSpec {
        configs = Map.copyOf(configs);
        if (name.isBlank()) {
            throw new IllegalArgumentException("topic name is blank");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException(name + ": partitions must be positive, is " + partitions);
        }
        if (replication < 1) {
            throw new IllegalArgumentException(name + ": replication must be positive, is " + replication);
        }
    }
}
