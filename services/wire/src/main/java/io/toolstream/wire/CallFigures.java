package io.toolstream.wire;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many calls ended how, and how long they took; two of them make one by being added. Belongs to one thread. */
public final class CallFigures {
    private static final String UNKNOWN_CODE = "other";
    private static final Set<String> CODES =
            Arrays.stream(ErrorCode.values()).map(ErrorCode::text).collect(Collectors.toUnmodifiableSet());

    private final Map<Status, Long> statuses = new EnumMap<>(Status.class);
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final SortedMap<String, Long> codes = new TreeMap<>();
    private final LatencySketch queue = new LatencySketch();
    private final LatencySketch execute = new LatencySketch();
    private final LatencySketch total = new LatencySketch();

    /** What is counted beside statuses and codes. */
    public enum Count {
        ATTEMPTS("attempts"),
        /** Calls with more than one attempt. */
        RETRIED("retried"),
        /** Those of them that a tool server answered in the end. */
        RETRIED_WELL("retriedWell"),
        L1("l1"),
        L2("l2"),
        /** Calls answered together with another that was under way. */
        COALESCED("coalesced"),
        REPLIED("replied"),
        DEAD_LETTERS("deadLetters"),
        /** For permits and between attempts. */
        WAIT_MICROS("waitMicros"),
        /** Calls that waited on the parked topic. */
        PARKED("parkedCalls"),
        /** For how long these did. */
        PARKED_MICROS("parkedMicros");

        private final String text;

        Count(String text) {
            this.text = text;
        }

        /** Whether it is left out where it is zero: it came later than the others. */
        public boolean isOptional() {
            return this == PARKED || this == PARKED_MICROS;
        }

        /** The name on the wire. */
        public String text() {
            return text;
        }
    }

    /** One call more. */
    public void add(Event event) {
        Event.Ending ending = event.ending();
        add(ending.status(), 1);
        if (ending.code() != null) {
            add(ending.code(), 1);
        }
        add(Count.ATTEMPTS, ending.attempts());
        if (ending.attempts() > 1) {
            add(Count.RETRIED, 1);
            add(Count.RETRIED_WELL, ending.status().carriesResult() ? 1 : 0);
        }
        addCache(ending.cache());
        add(Count.REPLIED, ending.isReplied() ? 1 : 0);
        add(Count.DEAD_LETTERS, ending.hasDeadLetter() ? 1 : 0);
        add(Count.WAIT_MICROS, event.times().waitMicros());
        add(Count.PARKED, event.times().parkedMicros() > 0 ? 1 : 0);
        add(Count.PARKED_MICROS, event.times().parkedMicros());
        queue.add(event.times().queueMicros());
        execute.add(event.times().executeMicros());
        total.add(event.times().totalMicros());
    }

    private void addCache(String tier) {
        switch (tier) {
            case "l1" -> add(Count.L1, 1);
            case "l2" -> add(Count.L2, 1);
            case "coalesced" -> add(Count.COALESCED, 1);
            default -> {} // not from memory
        }
    }

    public void add(CallFigures other) {
        other.statuses.forEach(this::add);
        other.counts.forEach(this::add);
        other.codes.forEach(this::add);
        queue.add(other.queue);
        execute.add(other.execute);
        total.add(other.total);
    }

    public void add(Status status, long calls) {
        statuses.merge(status, calls, Long::sum);
    }

    public void add(Count count, long more) {
        if (more != 0) {
            counts.merge(count, more, Long::sum);
        }
    }

    /** @param code one that is not known is counted as {@code other} */
    public void add(String code, long calls) {
        codes.merge(CODES.contains(code) ? code : UNKNOWN_CODE, calls, Long::sum);
    }

    /** All calls. */
    public long calls() {
        return statuses.values().stream().mapToLong(Long::longValue).sum();
    }

    public long of(Status status) {
        return statuses.getOrDefault(status, 0L);
    }

    public long of(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    /** Calls by error code, those that had one. */
    public SortedMap<String, Long> codes() {
        return Collections.unmodifiableSortedMap(codes);
    }

    /** On the topic and in the worker before they ran. */
    public LatencySketch queue() {
        return queue;
    }

    public LatencySketch execute() {
        return execute;
    }

    public LatencySketch total() {
        return total;
    }
}
