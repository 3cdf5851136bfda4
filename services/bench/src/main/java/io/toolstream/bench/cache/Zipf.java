package io.toolstream.bench.cache;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Numbers from 0 on of which the k-th comes with weight 1/(k+1): Zipf's law with exponent 1. For one thread. */
final class Zipf {
    private final SplittableRandom random;
    private final double[] sums;

    Zipf(int numbers, long seed) {
        this.random = new SplittableRandom(seed);
        this.sums = new double[numbers];
        double sum = 0;
        for (int k = 0; k < numbers; k++) {
            sum += 1.0 / (k + 1);
            sums[k] = sum;
        }
    }

    int next() {
        int at = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
        return at < 0 ? Math.min(-at - 1, sums.length - 1) : at;
    }

    /** The part of all draws that the {@code most} most frequent numbers have: what keeping so many answers can bring at best. */
    double shareOf(int most) {
        return sums[Math.min(most, sums.length) - 1] / sums[sums.length - 1];
    }
}
