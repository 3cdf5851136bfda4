package io.toolstream.settings;

/** How consumers of a group agree on partitions: Kafka's {@code group.protocol}. */
public enum GroupProtocol {
    /** Works with every broker. */
    CLASSIC,
    /** KIP-848; brokers from 4.0. */
    CONSUMER
}
