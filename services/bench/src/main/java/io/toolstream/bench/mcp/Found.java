package io.toolstream.bench.mcp;

import io.toolstream.bench.load.Measurement;

/**
 * One measurement.
 *
 * @param cpuNanos of the client's process, without the stub
 */
record Found(Way way, int inFlight, Measurement measurement, long cpuNanos) {
    double callsPerSecond() {
        return measurement.callsPerSecond();
    }

    double p50Micros() {
        return measurement.latency().p50Nanos() / 1e3;
    }

    double p99Micros() {
        return measurement.latency().p99Nanos() / 1e3;
    }

    double cpuMicros() {
        return cpuNanos / 1e3 / Math.max(1, measurement.answered());
    }
}
