package io.toolstream.wire;

import java.util.Arrays;

/**
 * How times are spread, in microseconds: how many of them fell into each of many narrow bins, whose bounds grow by
 * {@link #GAMMA}. A quantile read from it is at most 1 % away from the exact one, and two of them make one by adding the
 * counts of equal bins: the DDSketch of Masson, Rim and Lee (VLDB 2019), with every bin kept.
 *
 * <p>Bin {@code i} holds the times from {@code GAMMA^i} up to {@code GAMMA^(i+1)}, and stands for
 * {@code 2 * GAMMA^(i+1) / (1 + GAMMA)}, the value whose relative distance to both bounds is the same: less than 1 %. What took
 * less than a microsecond is in bin -1, which stands for 0. Bounded by the bins there are: 2,206 for all numbers of 63 bits.
 *
 * <p>Belongs to one thread.
 */
public final class LatencySketch {
    public static final double GAMMA = 1.02;

    private static final double LOG_GAMMA = Math.log(GAMMA);
    private static final int BELOW_ONE = -1;
    private static final int LAST_BIN = 2_205;
    private static final int FEW = 8;

    /** Times are whole microseconds: below this, half of a bin's width is less than half of one. */
    private static final double EXACT_BELOW = 50;

    private int[] bins = new int[FEW];
    private long[] counts = new long[FEW];
    private int size;
    private long count;
    private long sumMicros;
    private long maxMicros;

    public void add(long micros) {
        addToBin(binOf(micros), 1);
        note(micros, micros);
    }

    /** Everything that was added to the other. */
    public void add(LatencySketch other) {
        for (int i = 0; i < other.size; i++) {
            addToBin(other.bins[i], other.counts[i]);
        }
        note(other.sumMicros, other.maxMicros);
    }

    /** What is known of times beside their bins. */
    public void note(long sum, long max) {
        sumMicros += sum;
        maxMicros = Math.max(maxMicros, max);
    }

    /** So many times whose sum and maximum are {@link #note noted} apart. */
    public void addToBin(int bin, long times) {
        if (!isBin(bin)) {
            throw new IllegalArgumentException("bin " + bin + ", expected -1 to " + LAST_BIN);
        }
        int place = size > 0 && bins[size - 1] < bin ? -size - 1 : Arrays.binarySearch(bins, 0, size, bin);
        if (place < 0) {
            place = -place - 1;
            insert(place, bin);
        }
        counts[place] += times;
        count += times;
    }

    private void insert(int place, int bin) {
        if (size == bins.length) {
            bins = Arrays.copyOf(bins, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        System.arraycopy(bins, place, bins, place + 1, size - place);
        System.arraycopy(counts, place, counts, place + 1, size - place);
        bins[place] = bin;
        counts[place] = 0;
        size++;
    }

    static boolean isBin(long bin) {
        return bin >= BELOW_ONE && bin <= LAST_BIN;
    }

    private static int binOf(long micros) {
        return micros < 1 ? BELOW_ONE : (int) (Math.log((double) micros) / LOG_GAMMA);
    }

    private static double valueOf(int bin) {
        double value = bin == BELOW_ONE ? 0 : 2 * Math.pow(GAMMA, bin + 1.0) / (1 + GAMMA);
        return value < EXACT_BELOW ? Math.rint(value) : value;
    }

    /** The time below which this share of them lies, 0 to 1, in microseconds; 0 if there are none. */
    public double quantileMicros(double share) {
        long rank = (long) (share * (count - 1));
        long below = 0;
        for (int i = 0; i < size; i++) {
            below += counts[i];
            if (below > rank) {
                return Math.min(valueOf(bins[i]), (double) maxMicros);
            }
        }
        return 0;
    }

    public long count() {
        return count;
    }

    public long sumMicros() {
        return sumMicros;
    }

    public double meanMicros() {
        return count == 0 ? 0 : (double) sumMicros / count;
    }

    public long maxMicros() {
        return maxMicros;
    }

    /** How many bins hold something. */
    public int bins() {
        return size;
    }

    /** The number of the bin at this place, counted from 0 in ascending order. */
    public int binAt(int place) {
        return bins[place];
    }

    public long countAt(int place) {
        return counts[place];
    }
}
