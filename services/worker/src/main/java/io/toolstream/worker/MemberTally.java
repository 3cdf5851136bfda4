package io.toolstream.worker;

import io.toolstream.wire.BatchRest;
import io.toolstream.wire.Status;
import io.toolstream.worker.parking.Stay;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What has become of the members of one {@code {"calls"}} record: how many ended with which status, and which are set aside
 * since they may wait for their tool servers. Any thread; guarded by this object's lock: {@code aside}.
 */
final class MemberTally {
    private final StatusCounts counts;
    private final SortedMap<Integer, Aside> aside = new TreeMap<>();

    /**
     * A member that may stay.
     *
     * @param answer how it is answered if it cannot
     */
    record Aside(Stay stay, Supplier<CompletableFuture<Void>> answer) {}

    /** Begins with what had ended before the record came here. */
    MemberTally(BatchRest rest) {
        this.counts = StatusCounts.of(rest.ended());
    }

    void ended(Status status) {
        counts.add(status);
    }

    /** @param index of the member in the record as it was sent */
    synchronized void setAside(int index, Aside member) {
        aside.put(index, member);
    }

    /** In the order of the record. */
    synchronized List<Aside> aside() {
        return List.copyOf(aside.values());
    }

    /** What is left if those that are set aside stay. */
    synchronized BatchRest rest() {
        return new BatchRest(List.copyOf(aside.keySet()), counts());
    }

    Map<Status, Integer> counts() {
        return counts.asMap();
    }
}
