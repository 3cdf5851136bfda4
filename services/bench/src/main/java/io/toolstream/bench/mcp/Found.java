package io.toolstream.bench.mcp;

import io.toolstream.bench.load.Measurement;
import io.toolstream.mcp.Latencies;

/**
 * One measurement.
 *
 * @param cpuNanos of the client's process, without the stub
 * @param borrow how long its calls waited for a connection
 */
record Found(Way way, int inFlight, Measurement measurement, long cpuNanos, Latencies borrow) {
    double callsPerSecond() {
        return measurement.callsPerSecond();
    }

    double p50Micros() {
        return measurement.latency().p50Nanos() / 1e3;
    }

    double p99Micros() {
        return measurement.latency().p99Nanos() / 1e3;
    }

    /** The upper end of a bucket: up to twice the truth. */
    double borrowP99Micros() {
        return borrow.quantileNanos(0.99) / 1e3;
    }

    double cpuMicros() {
        return cpuNanos / 1e3 / Math.max(1, measurement.answered());
    }
}
