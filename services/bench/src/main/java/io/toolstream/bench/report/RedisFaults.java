package io.toolstream.bench.report;

import io.toolstream.bench.place.ProcessFigures;
import java.util.List;
import java.util.Locale;

/**
 * What failures of Redis do to calls, and to the worker's heap from first to last.
 *
 * @param pairs in the order they were measured
 */
public record RedisFaults(List<RedisFaultPair> pairs, ProcessFigures atFirst, ProcessFigures atLast) {
    private static final double MOST_ADDED_MILLIS = 50;
    private static final int MOST_LINES = 1;
    private static final double MOST_GROWTH_KIB = 8 << 10;

    public RedisFaults {
        pairs = List.copyOf(pairs);
    }

    /** Whether what is promised was kept. */
    public boolean isKept() {
        return pairs.stream()
                        .allMatch(pair -> pair.bad() == 0
                                && pair.addedMillis() <= MOST_ADDED_MILLIS
                                && pair.mostLines() <= MOST_LINES)
                && atLast.heapKiB() - atFirst.heapKiB() <= MOST_GROWTH_KIB;
    }

    public String table(Environment environment) {
        StringBuilder text = new StringBuilder(TableReport.of(environment));
        text.append(String.format(
                "%n%-10s %8s %15s %12s %12s %8s %18s%n",
                "redis is", "calls", "p99 ms without", "p99 ms with", "added ms", "not ok", "log lines in 1 s"));
        pairs.forEach(pair -> text.append(line(pair)));
        text.append(String.format(
                Locale.ROOT,
                "%nheap of the worker after a collection: %.1f MiB before, %.1f MiB after%n"
                        + "promised: no other answers, at most %.0f ms added, 1 line a second, no growth: %s%n",
                atFirst.heapKiB() / 1024.0,
                atLast.heapKiB() / 1024.0,
                MOST_ADDED_MILLIS,
                isKept() ? "kept" : "NOT kept"));
        return text.toString();
    }

    private static String line(RedisFaultPair pair) {
        return String.format(
                Locale.ROOT,
                "%-10s %8d %15.1f %12.1f %12.1f %8d %18d%n",
                pair.fault(),
                pair.with().answered(),
                pair.without().latency().p99Nanos() / 1e6,
                pair.with().latency().p99Nanos() / 1e6,
                pair.addedMillis(),
                pair.bad(),
                pair.mostLines());
    }
}
