package io.toolstream.worker.meter;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long the last calls of one endpoint took that were answered, and how many found no way to it. Any thread; without locks, so that a reader may see a
 * call more or less.
 */
public final class RoundTrips {
    private static final int KEPT = 128;
    private static final long NONE = 0;

    private final AtomicLongArray nanos = new AtomicLongArray(KEPT);
    private final AtomicInteger count = new AtomicInteger();
    private final LongAdder unconnected = new LongAdder();

    /** An attempt found no connection. */
    public void unconnected() {
        unconnected.increment();
    }

    /** Attempts that found none, since the start. */
    public long unconnectedCount() {
        return unconnected.sum();
    }

    public void add(Duration time) {
        nanos.set(Math.floorMod(count.getAndIncrement(), KEPT), Math.max(1, time.toNanos()));
    }

    /** Half of them took no longer; empty as long as there are none. */
    public Optional<Duration> median() {
        long[] all = new long[KEPT];
        for (int i = 0; i < KEPT; i++) {
            all[i] = nanos.get(i);
        }
        long[] known = Arrays.stream(all).filter(time -> time != NONE).sorted().toArray();
        return known.length == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(known[(known.length - 1) / 2]));
    }
}
