package io.toolstream.it.guarantee;

import java.util.Map;
import java.util.Set;

/**
 * A worker was ended or stopped without being asked, or the broker was.
 *
 * @param workers whose commits it may have cost
 * @param committed at that time, by partition of the calls topic
 * @param ends of those partitions once it was over: nobody concerned had a call from there on in hand
 */
record Crash(Set<String> workers, Map<Integer, Long> committed, Map<Integer, Long> ends) {
    Crash {
        workers = Set.copyOf(workers);
        committed = Map.copyOf(committed);
        ends = Map.copyOf(ends);
    }

    /** True if the call stood there and was not committed, so that it may have been taken again. */
    boolean foundOpen(SentCall call) {
        return foundOpen(call.place());
    }

    boolean foundOpen(SentCall.Place place) {
        return place.offset() >= committed.getOrDefault(place.partition(), 0L)
                && place.offset() < ends.getOrDefault(place.partition(), 0L);
    }
}
