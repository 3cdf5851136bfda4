package io.toolstream.mcp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long something took, counted.
 *
 * @param buckets how many took at most 1, 2, 4, 8 … microseconds and more than the bucket before; the last one has the rest
 */
public record Latencies(long count, long totalNanos, long maxNanos, List<Long> buckets) {
    public static final int BUCKETS = 28;
    public static final Latencies NONE = new Latencies(0, 0, 0, Collections.nCopies(BUCKETS, 0L));

    public Latencies {
        buckets = List.copyOf(buckets);
    }

    /** Which bucket counts such a duration. */
    public static int bucket(long nanos) {
        long micros = Math.max(0, nanos - 1) / 1000;
        return Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(micros));
    }

    /** At most so long for that share of them: the upper end of a bucket, so up to twice the truth. */
    public long quantileNanos(double share) {
        long wanted = (long) Math.ceil(share * count);
        long seen = 0;
        for (int i = 0; i < buckets.size(); i++) {
            seen += buckets.get(i);
            if (seen >= wanted) {
                return Math.min(maxNanos, 1000L << i);
            }
        }
        return maxNanos;
    }

    /** What was counted since then; the maximum is the upper end of the highest bucket that counted. */
    public Latencies minus(Latencies earlier) {
        List<Long> rest = new ArrayList<>();
        long most = 0;
        for (int i = 0; i < buckets.size(); i++) {
            rest.add(buckets.get(i) - earlier.buckets.get(i));
            most = rest.get(i) > 0 ? Math.min(maxNanos, 1000L << i) : most;
        }
        return new Latencies(count - earlier.count, totalNanos - earlier.totalNanos, most, rest);
    }

    public Latencies plus(Latencies other) {
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            sums.add(buckets.get(i) + other.buckets.get(i));
        }
        return new Latencies(
                count + other.count, totalNanos + other.totalNanos, Math.max(maxNanos, other.maxNanos), sums);
    }
}
