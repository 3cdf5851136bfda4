package io.toolstream.kafka;

import org.jspecify.annotations.Nullable;

/**
 * What an assignment has to tell the broker before it hands records over, so that a crash can be told from an orderly
 * end, and the records in flight at it from others: see the package's {@code RATIONALE.md}.
 *
 * <p>A record is handed over only below the acknowledged limit. Where nothing happened the limit is far ahead and moves
 * with the commits, so nobody waits for it; among records that were in flight at a crash it moves in small steps. The poll
 * thread owns it.
 */
final class TakeMarks {
    private static final int CAREFUL_STEP = 64;

    private final int holder;
    private final int step;
    private CrashHistory history = CrashHistory.NONE;
    private @Nullable Take acknowledged;
    private long limit = OffsetTracker.UNKNOWN;
    private long frontier = OffsetTracker.UNKNOWN;
    private long alone = Take.NOBODY;

    /** @param step how far ahead the limit is, usually */
    TakeMarks(int holder, int step) {
        this.holder = holder;
        this.step = Math.max(2, step);
    }

    void resume(CrashHistory known) {
        history = known;
    }

    CrashHistory history() {
        return history;
    }

    boolean mayHandOver(long offset) {
        return offset < limit;
    }

    /** The record at this offset is the next to be handed over, or the furthest that was. */
    void reach(long offset) {
        frontier = Math.max(frontier, offset);
    }

    /** The record at this offset is to run with no other of its partition; {@link Take#NOBODY} for the usual. */
    void isolate(long offset) {
        alone = offset;
    }

    /** True while the limit is so far ahead that nobody will run into it soon. */
    boolean isAmple(long highWatermark) {
        return acknowledged != null && limit - from(highWatermark) > stepAt(from(highWatermark)) / 2;
    }

    /** What a usual commit says: as before, as long as that is ample. Null before the first mark. */
    @Nullable
    Take now(long highWatermark) {
        if (acknowledged == null) {
            return null;
        }
        return isAmple(highWatermark) ? new Take(holder, limit, alone) : next(highWatermark);
    }

    /** What allows the next records to be handed over. */
    Take next(long highWatermark) {
        long from = from(highWatermark);
        long wanted = alone == Take.NOBODY ? from + stepAt(from) : alone + 1;
        return new Take(holder, Math.max(limit, wanted), alone);
    }

    /** The broker has it. */
    void acknowledged(@Nullable Take take) {
        acknowledged = take;
        limit = take == null ? OffsetTracker.UNKNOWN : Math.max(limit, take.limit());
    }

    private long from(long highWatermark) {
        return Math.max(frontier, highWatermark);
    }

    private int stepAt(long offset) {
        return offset < history.onceEnd() ? Math.min(CAREFUL_STEP, step) : step;
    }
}
