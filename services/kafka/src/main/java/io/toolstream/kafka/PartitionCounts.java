package io.toolstream.kafka;

import java.util.concurrent.CompletableFuture;

/** How many partitions topics have. Any thread may ask; never blocks, never throws, never creates a topic. */
@FunctionalInterface
public interface PartitionCounts {
    /**
     * @return completed already for a topic that is known; otherwise completes, on a thread of the implementation's,
     *     once the broker has answered. Exceptionally with a {@link PublishException}: {@code DESTINATION} if there is
     *     no such topic, {@code TRANSIENT} if the broker cannot be asked.
     */
    CompletableFuture<Integer> partitions(String topic);
}
