package io.toolstream.worker;

import io.toolstream.wire.Status;
import java.util.EnumMap;
import java.util.Map;

/** How many members of a batch ended with which status. Any thread; guarded by this object's lock. */
final class StatusCounts {
    private final Map<Status, Integer> counts = new EnumMap<>(Status.class);

    /** Begins with these. */
    static StatusCounts of(Map<Status, Integer> first) {
        StatusCounts all = new StatusCounts();
        all.counts.putAll(first);
        return all;
    }

    synchronized void add(Status status) {
        counts.merge(status, 1, Integer::sum);
    }

    /** A copy, without those that did not occur. */
    synchronized Map<Status, Integer> asMap() {
        return Map.copyOf(counts);
    }
}
