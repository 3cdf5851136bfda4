package io.toolstream.bench.report;

import io.toolstream.bench.load.Measurement;

/**
 * Calls without and with one fault of Redis.
 *
 * @param after while it recovers
 * @param mostLines logged within any one second
 */
public record RedisFaultPair(String fault, Measurement without, Measurement with, Measurement after, int mostLines) {
    double addedMillis() {
        return (with.latency().p99Nanos() - without.latency().p99Nanos()) / 1e6;
    }

    /** Calls that failed, were lost or were answered wrongly. */
    long bad() {
        return with.failures().total() + after.failures().total();
    }
}
