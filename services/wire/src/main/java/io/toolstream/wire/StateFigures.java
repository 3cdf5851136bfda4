package io.toolstream.wire;

import java.util.EnumMap;
import java.util.Map;

/**
 * What workers tell of a tool server, or of everything: how it was last, and what was counted meanwhile. Belongs to one
 * thread.
 */
public final class StateFigures {
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private Level level = Level.NONE;

    /** What is counted. */
    public enum Count {
        /** For how long breakers were not closed. */
        OPEN_MILLIS,
        TRANSITIONS,
        /** Connections opened, stdio children included. */
        OPENED,
        CONNECT_FAILED,
        REQUESTS,
        /** Requests over a connection used before. */
        REUSED,
        ESTABLISH_MICROS,
        PROBES,
        PROBE_FAILURES
    }

    /**
     * How it was last, over all workers.
     *
     * @param workers that told
     * @param oldestMillis for how long the oldest call in flight had been
     * @param breakersOpen workers that had a breaker not closed
     */
    public record Level(long workers, long inFlight, long parked, long oldestMillis, long breakersOpen) {
        public static final Level NONE = new Level(0, 0, 0, 0, 0);

        /** Of one more worker. */
        public Level plus(Level other) {
            return new Level(
                    workers + other.workers,
                    inFlight + other.inFlight,
                    parked + other.parked,
                    Math.max(oldestMillis, other.oldestMillis),
                    breakersOpen + other.breakersOpen);
        }
    }

    /** The counts of the other; how it was is not touched. */
    public void add(StateFigures other) {
        other.counts.forEach(this::add);
    }

    public void add(Count count, long more) {
        if (more != 0) {
            counts.merge(count, more, Long::sum);
        }
    }

    public long of(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    public Level level() {
        return level;
    }

    public void setLevel(Level now) {
        level = now;
    }
}
