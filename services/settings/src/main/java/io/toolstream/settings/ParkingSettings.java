package io.toolstream.settings;

import java.time.Duration;

/**
 * Calls that wait on a topic for their tool server to recover.
 *
 * @param partitionCalls calls waiting on one partition of the topic, at most
 * @param partitionBytes of one partition's waiting calls kept in memory; others are read back when it is their turn
 * @param shortestWait before a call is tried again, where the failure names no time or a shorter one; doubled each time the
 *     call waits again
 * @param longestWait where the failure names no time
 * @param returning calls that came back and are not settled yet, at most: a server that recovers is not overrun
 */
public record ParkingSettings(
        int partitionCalls, long partitionBytes, Duration shortestWait, Duration longestWait, int returning) {
    public static final ParkingSettings DEFAULT =
            new ParkingSettings(5_000, 1L << 20, Duration.ofSeconds(1), Duration.ofSeconds(30), 64);

    public ParkingSettings {
        new Rules()
                .between("partitionCalls", partitionCalls, 0, 1_000_000)
                .between("partitionBytes", partitionBytes, 0, 1L << 30)
                .atLeast("shortestWait", shortestWait, Duration.ofMillis(10))
                .atLeast("longestWait", longestWait, Duration.ofMillis(10))
                .notLonger("shortestWait", shortestWait, "longestWait", longestWait)
                .between("returning", returning, 1, 10_000)
                .enforce();
    }
}
