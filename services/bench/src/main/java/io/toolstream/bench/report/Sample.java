package io.toolstream.bench.report;

import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.place.CpuTimes;

/**
 * One contender measured once.
 *
 * @param cpu what all processes of the bench used during the measurement, idle ones included
 */
public record Sample(int round, String load, Contender contender, Measurement measurement, CpuTimes cpu) {
    double cpuMicrosPerCall() {
        return perCall(cpu.totalNanos());
    }

    double cpuMicrosPerCall(String process) {
        return perCall(cpu.nanos().getOrDefault(process, 0L));
    }

    private double perCall(long nanos) {
        return nanos / 1e3 / Math.max(1, measurement.answered());
    }
}
