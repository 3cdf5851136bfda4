package io.toolstream.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Median, least and greatest of one figure over the rounds. */
record Spread(double median, double least, double greatest) {
    static <T> Spread of(List<T> rounds, ToDoubleFunction<T> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no rounds");
        }
        return new Spread(median(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    static Spread of(double... rounds) {
        return of(Arrays.stream(rounds).boxed().toList(), Double::doubleValue);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
