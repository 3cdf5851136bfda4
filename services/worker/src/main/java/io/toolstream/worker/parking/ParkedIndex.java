package io.toolstream.worker.parking;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The waiting calls of one partition in the order in which they come back, per tool server: one that takes nothing does not
 * hold up the others. Not thread-safe.
 */
final class ParkedIndex {
    private final Map<Long, ParkedCall> byOffset = new HashMap<>();
    private final Map<String, TreeSet<ParkedCall>> byServer = new HashMap<>();
    private final TreeSet<ParkedCall> byDeadline = new TreeSet<>(ParkedCall.BY_DEADLINE);
    private long bytes;

    void add(ParkedCall call) {
        remove(call.offset());
        byOffset.put(call.offset(), call);
        byServer.computeIfAbsent(call.server(), unused -> new TreeSet<>(ParkedCall.BY_TURN))
                .add(call);
        byDeadline.add(call);
        bytes += call.bytes();
    }

    void remove(long offset) {
        ParkedCall call = byOffset.remove(offset);
        if (call != null) {
            TreeSet<ParkedCall> ofServer = byServer.get(call.server());
            if (ofServer != null && ofServer.remove(call) && ofServer.isEmpty()) {
                byServer.remove(call.server());
            }
            byDeadline.remove(call);
            bytes -= call.bytes();
        }
    }

    /**
     * Takes out the next call whose turn it is: the one that is due first, of those servers that take calls, or one whose
     * deadline has come, whatever its server does.
     */
    Optional<ParkedCall> take(long nowMillis, Predicate<String> takesCalls) {
        ParkedCall next = late(nowMillis);
        if (next == null) {
            next = due(nowMillis, takesCalls);
        }
        if (next != null) {
            remove(next.offset());
        }
        return Optional.ofNullable(next);
    }

    private @Nullable ParkedCall late(long nowMillis) {
        return !byDeadline.isEmpty() && byDeadline.first().deadlineMillis() <= nowMillis ? byDeadline.first() : null;
    }

    private @Nullable ParkedCall due(long nowMillis, Predicate<String> takesCalls) {
        ParkedCall next = null;
        for (TreeSet<ParkedCall> ofServer : byServer.values()) {
            ParkedCall first = ofServer.first();
            boolean isNext = first.turnMillis() <= nowMillis
                    && (next == null || ParkedCall.BY_TURN.compare(first, next) < 0)
                    && takesCalls.test(first.server());
            next = isNext ? first : next;
        }
        return next;
    }

    void clear() {
        byOffset.clear();
        byServer.clear();
        byDeadline.clear();
        bytes = 0;
    }

    int size() {
        return byOffset.size();
    }

    /** Adds how many wait for each server. */
    void countInto(Map<String, Long> counts) {
        byServer.forEach((server, calls) -> counts.merge(server, (long) calls.size(), Long::sum));
    }

    /** Of the calls that are held in memory. */
    long bytes() {
        return bytes;
    }
}
