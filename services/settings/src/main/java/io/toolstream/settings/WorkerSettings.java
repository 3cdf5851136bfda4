package io.toolstream.settings;

import java.time.Duration;

/**
 * What one worker takes on.
 *
 * @param group consumer group of all workers of the pipeline
 * @param id name of this worker in replies and events
 * @param maxInFlight calls taken and not yet settled, at most; a crash has these run again, and those
 *     finished since the last commit
 * @param maxInFlightBytes bytes of those calls, at most
 * @param maxUnsettled calls of one partition handed out and not yet covered by an acknowledged commit, at most: a crash has
 *     at most so many of each partition run again
 * @param maxConcurrent attempts at the same time, on all tool servers together
 * @param drainTimeout for finishing what is in flight when the worker is asked to stop
 */
public record WorkerSettings(
        String group,
        String id,
        int maxInFlight,
        long maxInFlightBytes,
        int maxUnsettled,
        int maxConcurrent,
        Duration commitInterval,
        Duration drainTimeout,
        GroupProtocol groupProtocol,
        LedgerSettings ledger,
        ParkingSettings parking) {
    private static final int UNSETTLED = 10_000;

    public static final WorkerSettings DEFAULT = new WorkerSettings(
            "toolstream-worker",
            "worker",
            500,
            64L << 20,
            UNSETTLED,
            500,
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            GroupProtocol.CLASSIC,
            LedgerSettings.DEFAULT,
            ParkingSettings.DEFAULT);

    /** With the defaults of the rest; as many attempts at the same time as calls in flight. */
    public WorkerSettings(
            String group,
            String id,
            int maxInFlight,
            long maxInFlightBytes,
            Duration commitInterval,
            Duration drainTimeout,
            GroupProtocol groupProtocol) {
        this(
                group,
                id,
                maxInFlight,
                maxInFlightBytes,
                UNSETTLED,
                maxInFlight,
                commitInterval,
                drainTimeout,
                groupProtocol,
                LedgerSettings.DEFAULT,
                ParkingSettings.DEFAULT);
    }

    public WorkerSettings {
        new Rules()
                .notBlank("group", group)
                .notBlank("id", id)
                .between("maxInFlight", maxInFlight, 1, 100_000)
                .between("maxInFlightBytes", maxInFlightBytes, 1 << 20, 1L << 40)
                .between("maxUnsettled", maxUnsettled, 1, 100_000)
                .between("maxConcurrent", maxConcurrent, 1, 100_000)
                .atLeast("commitInterval", commitInterval, Duration.ofMillis(1))
                .atLeast("drainTimeout", drainTimeout, Duration.ZERO)
                .enforce();
    }
}
