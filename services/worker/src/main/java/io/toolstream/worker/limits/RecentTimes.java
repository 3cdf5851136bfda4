package io.toolstream.worker.limits;

/**
 * How long attempts of one tool took lately, as counts by steps of a fifth: 80 numbers, whatever comes in, from 1 ms to a
 * quarter of an hour. When there are {@value #MOST} all counts are halved, so that what was before counts less and less.
 * Two of them can be added number by number. Guarded by its owner.
 */
final class RecentTimes {
    static final int MOST = 1_024;

    private static final int STEPS_PER_OCTAVE = 4;
    private static final int STEPS = 20 * STEPS_PER_OCTAVE;
    private static final double LEAST_NANOS = 1e6;

    private final int[] counts = new int[STEPS];
    private int total;

    int total() {
        return total;
    }

    void add(long nanos) {
        counts[step(nanos)]++;
        if (++total >= MOST) {
            halve();
        }
    }

    private void halve() {
        total = 0;
        for (int step = 0; step < STEPS; step++) {
            counts[step] /= 2;
            total += counts[step];
        }
    }

    /** So many in a hundred took no longer; up to a fifth too long, never too short within the range. 0 if there are none. */
    long percentileNanos(int percent) {
        int rank = (total * percent + 99) / 100; // from the shortest, which is 1
        int rest = total - rank + 1;
        for (int step = STEPS - 1; step >= 0; step--) {
            rest -= counts[step];
            if (rest <= 0 && counts[step] > 0) {
                return (long) (LEAST_NANOS * Math.pow(2, (step + 1) / (double) STEPS_PER_OCTAVE));
            }
        }
        return 0;
    }

    private static int step(long nanos) {
        double octaves = Math.log(Math.max((double) nanos, LEAST_NANOS) / LEAST_NANOS) / Math.log(2);
        return Math.min(STEPS - 1, (int) (octaves * STEPS_PER_OCTAVE));
    }
}
