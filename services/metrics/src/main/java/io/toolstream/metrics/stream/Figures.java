package io.toolstream.metrics.stream;

import io.toolstream.wire.CallFigures;
import io.toolstream.wire.StateFigures;
import io.toolstream.wire.StateFigures.Level;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All there is to say about one scope in one window; two of them make one by being added. */
final class Figures {
    /** What a worker told is of now as long as others tell nothing that much younger: it tells each second. */
    private static final long STALE_MILLIS = 5_000;

    private final CallFigures calls = new CallFigures();
    private final StateFigures counts = new StateFigures();
    private final Map<String, Gauge> gauges = new TreeMap<>();

    /** How it was at one worker, and when. */
    record Gauge(long timestampMillis, Level level) {}

    CallFigures calls() {
        return calls;
    }

    StateFigures counts() {
        return counts;
    }

    Map<String, Gauge> gauges() {
        return gauges;
    }

    void add(Figures other) {
        calls.add(other.calls);
        counts.add(other.counts);
        other.gauges.forEach(this::tell);
    }

    /** How it is at this worker; the last word holds. */
    void tell(String worker, Gauge gauge) {
        gauges.merge(worker, gauge, (known, told) -> told.timestampMillis() >= known.timestampMillis() ? told : known);
    }

    /** As it is published: null where no worker told. */
    @Nullable
    StateFigures state() {
        if (gauges.isEmpty()) {
            return null;
        }
        long newest =
                gauges.values().stream().mapToLong(Gauge::timestampMillis).max().orElseThrow();
        StateFigures state = new StateFigures();
        state.add(counts);
        state.setLevel(gauges.values().stream()
                .filter(gauge -> gauge.timestampMillis() >= newest - STALE_MILLIS)
                .map(Gauge::level)
                .reduce(Level.NONE, Level::plus));
        return state;
    }
}
