package io.toolstream.kafka;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Which records of one partition are done, in the order in which they were read, and how far the done prefix reaches.
 * Offsets are those received: gaps (transaction markers, compaction, deleted records) are nothing special.
 *
 * <p>Threads: the poll thread alone calls this class; the queue is its own. Completions come from any thread, but they
 * touch only the {@link TrackedRecord}'s state, never the queue, so there is nothing to lock, and no queue of completions
 * to bound. Case by case:
 *
 * <ul>
 *   <li>A record completes before the poll thread looks: the prefix grows over it.
 *   <li>It completes while the poll thread looks at it: the volatile read sees either state; OPEN means that the next
 *       look, at most one turn later, grows the prefix. The mark never passes a record seen OPEN.
 *   <li>It completes behind an unfinished one: its state waits in the queue.
 *   <li>It completes while the partition is being fenced: {@link #abandonAll} and the completion compete for the record's
 *       state. If the completion wins after the last {@link #advance}, the record is done and yet not committed, and runs
 *       again: at least once. It is never the other way round, because only {@link #advance} moves the mark.
 *   <li>It completes after that: {@code STALE}; this tracker is garbage by then, a later assignment has one of its own.
 * </ul>
 *
 * Constant time per record, amortised: each enters and leaves the queue once.
 */
final class OffsetTracker {
    static final long UNKNOWN = -1;

    private final ArrayDeque<TrackedRecord> unsettled = new ArrayDeque<>();
    private OffsetRuns remembered = OffsetRuns.NONE;
    private long first = UNKNOWN;
    private long position = UNKNOWN;

    /** Goes on where an earlier assignment ended: at this offset, some of what lies beyond being done already. */
    void resume(long offset, OffsetRuns done) {
        position = offset;
        remembered = done;
    }

    /** True for what need not run: it was done under an earlier assignment. */
    boolean isRemembered(long offset) {
        return remembered.contains(offset);
    }

    /** True if the log went back behind what was read already (truncated or made anew): begin with a new tracker. */
    boolean isRegression(long offset) {
        return offset < position;
    }

    void read(TrackedRecord record) {
        if (isRegression(record.offset())) {
            throw new IllegalArgumentException("offset " + record.offset() + " after position " + position);
        }
        unsettled.addLast(record);
        readUpTo(record.offset() + 1);
        if (first == UNKNOWN) {
            first = record.offset();
        }
    }

    /** The next read begins at this offset, perhaps beyond the last record: what lies between are gaps. */
    void readUpTo(long nextOffset) {
        position = Math.max(position, nextOffset);
        if (!remembered.isEmpty() && remembered.end(remembered.count() - 1) <= position) {
            remembered = OffsetRuns.NONE;
        }
    }

    /** Takes note of completions. */
    void advance() {
        while (!unsettled.isEmpty() && unsettled.peekFirst().isDone()) {
            unsettled.removeFirst();
        }
    }

    /**
     * The offset of the oldest record that is not known to be done, or the position if there is none: everything before
     * it is done, it is the next to read after a restart. {@link #UNKNOWN} before anything was read.
     */
    long highWatermark() {
        TrackedRecord oldest = oldest();
        return oldest == null ? position : oldest.offset();
    }

    /** True once something is done that a restart would otherwise read again. */
    boolean hasProgress() {
        return first == UNKNOWN ? position != UNKNOWN : highWatermark() > first;
    }

    /** What is done behind the high watermark: read and completed, or remembered and not read again yet. */
    OffsetRuns doneBeyond() {
        OffsetRuns.Builder runs = new OffsetRuns.Builder();
        long start = UNKNOWN;
        long end = UNKNOWN;
        for (TrackedRecord record : unsettled) {
            if (!record.isDone()) {
                runs.add(start, end);
                start = end = UNKNOWN;
            } else {
                start = start == UNKNOWN ? record.offset() : start;
                end = record.offset() + 1;
            }
        }
        runs.add(start, end);
        runs.addFrom(position, remembered);
        return runs.build();
    }

    long position() {
        return position;
    }

    /** Records read and not covered by the high watermark, the done ones behind an unfinished one among them. */
    int unsettled() {
        return unsettled.size();
    }

    @Nullable
    TrackedRecord oldest() {
        return unsettled.peekFirst();
    }

    /** Nothing read so far counts any more. */
    void abandonAll() {
        unsettled.forEach(TrackedRecord::abandon);
    }
}
