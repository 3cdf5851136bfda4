package io.toolstream.kafka;

import java.util.Arrays;

/**
 * A set of offsets as runs in ascending order, none of which touches the next. Immutable. Offsets at which there is no
 * record (transaction markers, compacted ones) may be in it or not: nobody will ever ask for them.
 */
final class OffsetRuns {
    static final OffsetRuns NONE = new OffsetRuns(new long[0]);

    /** First offset of a run, first offset behind it, and so on. */
    private final long[] bounds;

    private OffsetRuns(long[] bounds) {
        this.bounds = bounds;
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    int count() {
        return bounds.length / 2;
    }

    long start(int run) {
        return bounds[2 * run];
    }

    /** The first offset behind the run. */
    long end(int run) {
        return bounds[2 * run + 1];
    }

    boolean contains(long offset) {
        if (bounds.length == 0 || offset < bounds[0] || offset >= bounds[bounds.length - 1]) {
            return false;
        }
        int found = Arrays.binarySearch(bounds, offset);
        int boundsUpToIt = found >= 0 ? found + 1 : -found - 1;
        return boundsUpToIt % 2 == 1;
    }

    /** How many offsets there are in it. */
    long size() {
        long size = 0;
        for (int run = 0; run < count(); run++) {
            size += end(run) - start(run);
        }
        return size;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OffsetRuns that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int run = 0; run < count(); run++) {
            text.append(run == 0 ? "" : ", ").append(start(run)).append("..").append(end(run) - 1);
        }
        return text.append(']').toString();
    }

    /** Puts runs together, in ascending order. For one thread. */
    static final class Builder {
        private static final int FEW = 16;

        private long[] bounds = new long[FEW];
        private int used;

        /** Adds a run that begins at or behind the end of the last one. An empty one is no run. */
        void add(long start, long end) {
            if (start >= end) {
                return;
            }
            if (used > 0 && bounds[used - 1] == start) {
                bounds[used - 1] = end;
                return;
            }
            if (used > 0 && bounds[used - 1] > start) {
                throw new IllegalArgumentException("a run from " + start + " after one to " + bounds[used - 1]);
            }
            if (used == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * used);
            }
            bounds[used++] = start;
            bounds[used++] = end;
        }

        /** Adds what of these lies at or behind an offset. */
        void addFrom(long offset, OffsetRuns runs) {
            for (int run = 0; run < runs.count(); run++) {
                add(Math.max(offset, runs.start(run)), runs.end(run));
            }
        }

        OffsetRuns build() {
            return used == 0 ? NONE : new OffsetRuns(Arrays.copyOf(bounds, used));
        }
    }
}
