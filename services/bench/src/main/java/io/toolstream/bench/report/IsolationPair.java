package io.toolstream.bench.report;

import io.toolstream.bench.load.Measurement;
import java.time.Duration;

/**
 * The other servers without and with one bad one among them.
 *
 * @param bad the bad one's own calls meanwhile
 * @param recovery from the fault's end to the bad one's first answers
 */
public record IsolationPair(String fault, Measurement without, Measurement with, Measurement bad, Duration recovery) {
    private static final double PERCENT = 100;

    /** Of right answers; what was asked may differ by a call. */
    public double goodputPercent() {
        return PERCENT * (share(with) / share(without));
    }

    public double p95Percent() {
        return PERCENT * with.latency().p95Nanos() / without.latency().p95Nanos();
    }

    private static double share(Measurement measurement) {
        long asked = measurement.answered() + measurement.failures().total();
        return asked == 0 ? 0 : (double) measurement.answered() / asked;
    }
}
