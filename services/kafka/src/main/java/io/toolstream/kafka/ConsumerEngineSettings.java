package io.toolstream.kafka;

import java.time.Duration;
import java.util.List;

/**
 * What bounds a {@link ConsumerEngine}.
 *
 * @param maxInFlight records handed to the handler and not completed, at most
 * @param maxInFlightBytes keys, values and headers of those, at most; one larger record alone is let through
 * @param maxUnsettled records of one partition that were handed over and are not covered by an acknowledged commit, at
 *     most, and so how many of them run again after a crash; also how far is read beyond a record that never ends, which
 *     holds up its own partition only
 * @param commitInterval between two commits
 * @param drainTimeout how long {@link ConsumerEngine#close()} waits for what is in flight
 * @param revokeDrain how long a rebalance waits for what is in flight on the partitions it takes away; nothing else is
 *     read meanwhile
 */
public record ConsumerEngineSettings(
        String groupId,
        List<String> topics,
        int maxInFlight,
        long maxInFlightBytes,
        int maxUnsettled,
        Duration commitInterval,
        Duration drainTimeout,
        Duration revokeDrain,
        GroupProtocol protocol) {
    private static final int DEFAULT_MAX_UNSETTLED = 10_000;
    private static final Duration DEFAULT_REVOKE_DRAIN = Duration.ofSeconds(5);

    public ConsumerEngineSettings {
        topics = List.copyOf(topics);
        require(!groupId.isBlank(), "groupId is blank");
        require(!topics.isEmpty(), "topics is empty");
        require(maxInFlight > 0, "maxInFlight must be positive, is " + maxInFlight);
        require(maxInFlightBytes > 0, "maxInFlightBytes must be positive, is " + maxInFlightBytes);
        require(maxUnsettled > 0, "maxUnsettled must be positive, is " + maxUnsettled);
        require(isPositive(commitInterval), "commitInterval must be positive, is " + commitInterval);
        require(!drainTimeout.isNegative(), "drainTimeout must not be negative, is " + drainTimeout);
        require(!revokeDrain.isNegative(), "revokeDrain must not be negative, is " + revokeDrain);
    }

    /** With a {@code maxUnsettled} of 10,000 (or {@code maxInFlight}, if that is more) and a {@code revokeDrain} of 5 s. */
    public ConsumerEngineSettings(
            String groupId,
            List<String> topics,
            int maxInFlight,
            long maxInFlightBytes,
            Duration commitInterval,
            Duration drainTimeout,
            GroupProtocol protocol) {
        this(
                groupId,
                topics,
                maxInFlight,
                maxInFlightBytes,
                Math.max(DEFAULT_MAX_UNSETTLED, maxInFlight),
                commitInterval,
                drainTimeout,
                DEFAULT_REVOKE_DRAIN,
                protocol);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
