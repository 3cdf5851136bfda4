package io.toolstream.worker.parking;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The waiting calls of one partition in the order in which they come back, per tool server (records of several calls: per
 * set of servers): one that takes nothing does not hold up the others. Not thread-safe.
 */
final class ParkedIndex {
    private final Map<Long, ParkedCall> byOffset = new HashMap<>();
    private final Map<List<String>, TreeSet<ParkedCall>> byServers = new HashMap<>();
    private final TreeSet<ParkedCall> byDeadline = new TreeSet<>(ParkedCall.BY_DEADLINE);
    private int calls;
    private long bytes;

    void add(ParkedCall call) {
        remove(call.offset());
        byOffset.put(call.offset(), call);
        byServers
                .computeIfAbsent(call.servers(), unused -> new TreeSet<>(ParkedCall.BY_TURN))
                .add(call);
        byDeadline.add(call);
        calls += call.calls();
        bytes += call.bytes();
    }

    void remove(long offset) {
        ParkedCall call = byOffset.remove(offset);
        if (call != null) {
            TreeSet<ParkedCall> alike = byServers.get(call.servers());
            if (alike != null && alike.remove(call) && alike.isEmpty()) {
                byServers.remove(call.servers());
            }
            byDeadline.remove(call);
            calls -= call.calls();
            bytes -= call.bytes();
        }
    }

    /**
     * The next call whose turn it is: the one that is due first, of those servers that take calls, or one whose deadline has
     * come, whatever its server does.
     */
    Optional<ParkedCall> next(long nowMillis, Predicate<String> takesCalls) {
        ParkedCall late = late(nowMillis);
        return Optional.ofNullable(late == null ? due(nowMillis, takesCalls) : late);
    }

    /** Takes that out. */
    Optional<ParkedCall> take(long nowMillis, Predicate<String> takesCalls) {
        Optional<ParkedCall> next = next(nowMillis, takesCalls);
        next.ifPresent(call -> remove(call.offset()));
        return next;
    }

    private @Nullable ParkedCall late(long nowMillis) {
        return !byDeadline.isEmpty() && byDeadline.first().deadlineMillis() <= nowMillis ? byDeadline.first() : null;
    }

    private @Nullable ParkedCall due(long nowMillis, Predicate<String> takesCalls) {
        ParkedCall next = null;
        for (TreeSet<ParkedCall> alike : byServers.values()) {
            ParkedCall first = alike.first();
            boolean isNext = first.turnMillis() <= nowMillis
                    && (next == null || ParkedCall.BY_TURN.compare(first, next) < 0)
                    && first.servers().stream().anyMatch(takesCalls);
            next = isNext ? first : next;
        }
        return next;
    }

    void clear() {
        byOffset.clear();
        byServers.clear();
        byDeadline.clear();
        calls = 0;
        bytes = 0;
    }

    /** Calls that wait, each of a record of several counted. */
    int calls() {
        return calls;
    }

    /** Adds how many wait for each server; the calls of a record that waits for several count for the first of them. */
    void countInto(Map<String, Long> counts) {
        byServers.forEach((servers, alike) -> {
            if (!servers.isEmpty()) {
                counts.merge(
                        servers.get(0),
                        alike.stream().mapToLong(ParkedCall::calls).sum(),
                        Long::sum);
            }
        });
    }

    /** Of the calls that are held in memory. */
    long bytes() {
        return bytes;
    }
}
