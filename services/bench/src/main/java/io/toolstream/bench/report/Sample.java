package io.toolstream.bench.report;

import io.toolstream.bench.contender.Contender;
import io.toolstream.bench.load.Measurement;
import io.toolstream.bench.place.Efforts;

/**
 * One contender measured once.
 *
 * @param efforts what all processes of the bench used during the measurement, idle ones included
 */
public record Sample(int round, String load, Contender contender, Measurement measurement, Efforts efforts) {
    double cpuMicrosPerCall() {
        return perCall(efforts.total().cpuNanos()) / 1e3;
    }

    double cpuMicrosPerCall(String process) {
        return perCall(efforts.of(process).cpuNanos()) / 1e3;
    }

    double switchesPerCall(String process) {
        return perCall(efforts.of(process).switches());
    }

    double allocatedKiBPerCall(String process) {
        return perCall(efforts.of(process).allocatedBytes()) / 1024;
    }

    private double perCall(long amount) {
        return (double) amount / Math.max(1, measurement.answered());
    }
}
