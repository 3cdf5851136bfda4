package io.toolstream.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongSupplier;

/**
 * How long calls took, over the last half to one minute: counts in buckets of 6 % width, in two windows that take turns.
 * Any thread; guarded by this object's lock: the change of windows.
 */
final class Latencies {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int STEPS = 16;
    private static final int STEP_BITS = 4;
    private static final int BUCKETS = 40 * STEPS;

    private final LongSupplier nanoTime;
    private volatile Windows windows;

    Latencies(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long nowNanos = nanoTime.getAsLong();
        this.windows = new Windows(nowNanos, new AtomicIntegerArray(BUCKETS), new AtomicIntegerArray(BUCKETS));
    }

    private record Windows(long sinceNanos, AtomicIntegerArray current, AtomicIntegerArray previous) {
        int count(int bucket) {
            return current.get(bucket) + previous.get(bucket);
        }
    }

    void add(long nanos) {
        turned().current().incrementAndGet(bucket(TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos))));
    }

    ClientSnapshot.Latency snapshot() {
        Windows seen = turned();
        long total = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            total += seen.count(bucket);
        }
        return new ClientSnapshot.Latency(total, quantile(seen, total, 50), quantile(seen, total, 99));
    }

    private static Duration quantile(Windows seen, long total, int percent) {
        long rank = Math.max(1, (total * percent + 99) / 100);
        long passed = 0;
        for (int bucket = 0; bucket < BUCKETS && total > 0; bucket++) {
            passed += seen.count(bucket);
            if (passed >= rank) {
                return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(upperMicros(bucket)));
            }
        }
        return Duration.ZERO;
    }

    private Windows turned() {
        Windows now = windows;
        return nanoTime.getAsLong() - now.sinceNanos() < WINDOW_NANOS ? now : turn();
    }

    private synchronized Windows turn() {
        Windows old = windows;
        long nowNanos = nanoTime.getAsLong();
        long ageNanos = nowNanos - old.sinceNanos();
        if (ageNanos >= WINDOW_NANOS) {
            AtomicIntegerArray previous = ageNanos < 2 * WINDOW_NANOS ? old.current() : new AtomicIntegerArray(BUCKETS);
            windows = new Windows(nowNanos, new AtomicIntegerArray(BUCKETS), previous);
        }
        return windows;
    }

    /** The leading bit chooses the row, the four bits after it the step within. */
    private static int bucket(long micros) {
        if (micros < STEPS) {
            return (int) micros;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros) - STEP_BITS;
        return (int) Math.min(BUCKETS - 1L, (long) shift * STEPS + (micros >>> shift));
    }

    private static long upperMicros(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int shift = bucket / STEPS - 1;
        return ((bucket % STEPS + STEPS + 1L) << shift) - 1;
    }
}
