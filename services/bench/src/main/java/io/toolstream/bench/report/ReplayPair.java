package io.toolstream.bench.report;

import io.toolstream.bench.load.Measurement;

/**
 * Live calls without and with a replay beside them.
 *
 * @param replayed calls that the replay sent meanwhile
 */
public record ReplayPair(Measurement without, Measurement with, long replayed) {
    private static final double PERCENT = 100;

    public double p95Percent() {
        return PERCENT * with.latency().p95Nanos() / without.latency().p95Nanos();
    }
}
