package io.toolstream.testkit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** The counts of one server. */
final class Counters {
    private final Map<Counted, AtomicInteger> counts = new EnumMap<>(Counted.class);
    private final AtomicInteger overlap = new AtomicInteger();

    Counters() {
        for (Counted what : Counted.values()) {
            counts.put(what, new AtomicInteger());
        }
    }

    void add(Counted what) {
        count(what).incrementAndGet();
    }

    int of(Counted what) {
        return count(what).get();
    }

    void callStarts() {
        add(Counted.CALL);
        count(Counted.MAX_OVERLAP).accumulateAndGet(overlap.incrementAndGet(), Math::max);
    }

    void callEnds() {
        overlap.decrementAndGet();
    }

    private AtomicInteger count(Counted what) {
        return Objects.requireNonNull(counts.get(what));
    }
}
