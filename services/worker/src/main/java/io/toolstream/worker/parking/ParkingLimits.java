package io.toolstream.worker.parking;

import java.time.Duration;

/**
 * How long and how many.
 *
 * @param firstWait where the failure names no time; doubled each time the call waits again
 * @param longestWait where the failure names no time
 * @param perPartition calls waiting on one partition, at most
 * @param bytes of one partition's waiting calls kept in memory; the others are read back from the topic when they are due
 * @param atOnce calls on their way back at the same time
 */
public record ParkingLimits(Duration firstWait, Duration longestWait, int perPartition, long bytes, int atOnce) {
    public static final ParkingLimits DEFAULT =
            new ParkingLimits(Duration.ofSeconds(1), Duration.ofSeconds(30), 5_000, 1L << 20, 64);
}
