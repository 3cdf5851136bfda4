package io.toolstream.mcp.tcp;

import io.toolstream.mcp.Latencies;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts durations. Any thread; writers do not meet. */
final class LatencyCounter {
    private final LongAdder[] buckets =
            Stream.generate(LongAdder::new).limit(Latencies.BUCKETS).toArray(LongAdder[]::new);
    private final LongAdder totalNanos = new LongAdder();
    private final LongAccumulator maxNanos = new LongAccumulator(Math::max, 0);

    void add(long nanos) {
        buckets[Latencies.bucket(nanos)].increment();
        totalNanos.add(nanos);
        maxNanos.accumulate(nanos);
    }

    long count() {
        return Arrays.stream(buckets).mapToLong(LongAdder::sum).sum();
    }

    Latencies counts() {
        List<Long> counts = Arrays.stream(buckets).map(LongAdder::sum).toList();
        long count = counts.stream().mapToLong(Long::longValue).sum();
        return new Latencies(count, totalNanos.sum(), maxNanos.get(), counts);
    }
}
