package io.toolstream.bench.report;

import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.load.Measurement;

/**
 * One contender measured once.
 *
 * @param cpuNanos processor time of all parts of the bench and of the bench itself during the measurement
 */
public record Sample(int round, String load, Contender contender, Measurement measurement, long cpuNanos) {
    double cpuMicrosPerCall() {
        return cpuNanos / 1e3 / Math.max(1, measurement.answered());
    }
}
