package io.toolstream.bench.load;

import org.HdrHistogram.Histogram;

/** Percentiles of the latencies of one drive, in nanoseconds. */
public record Latency(long p50Nanos, long p95Nanos, long p99Nanos, long p999Nanos, long maxNanos) {
    static Latency of(Histogram nanos) {
        return new Latency(
                nanos.getValueAtPercentile(50),
                nanos.getValueAtPercentile(95),
                nanos.getValueAtPercentile(99),
                nanos.getValueAtPercentile(99.9),
                nanos.getMaxValue());
    }
}
