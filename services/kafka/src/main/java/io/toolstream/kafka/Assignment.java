package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One partition for as long as it is ours: its lease, its tracker, its commits. A partition that comes back is a new
 * assignment; the two have nothing in common, so nothing of the old one can count for the new one.
 *
 * <p>The poll thread owns it. Completions ({@link #ended}, {@link #endedStale}), the lease and {@link #snapshot} are for
 * any thread.
 */
final class Assignment implements Lease {
    private final TopicPartition partition;
    private final Completions completions;
    private final TakeMarks marks;
    private final Exposure exposure;
    private final OffsetTracker tracker = new OffsetTracker();
    private final Lanes lanes = new Lanes();
    private final AtomicInteger running = new AtomicInteger();
    private long committed = OffsetTracker.UNKNOWN;
    private String committedNote = "";
    private final Deque<TrackedRecord> heldBack = new ArrayDeque<>();
    private boolean isFull;
    private volatile boolean isIsolating;
    private volatile boolean isHeld = true;
    private volatile Progress progress = Progress.NONE;

    Assignment(TopicPartition partition, Completions completions, TakeMarks marks, Exposure exposure) {
        this.partition = partition;
        this.completions = completions;
        this.marks = marks;
        this.exposure = exposure;
    }

    /** Goes on where the group's last commit stands, with what that says beside its offset. */
    void resume(Resumption last) {
        committed = last.offset();
        committedNote = last.note();
        tracker.resume(committed, last.done());
        marks.resume(last.history());
        isIsolating = last.history().twiceEnd() > committed;
        showProgress();
    }

    TopicPartition partition() {
        return partition;
    }

    @Override
    public boolean isHeld() {
        return isHeld;
    }

    boolean isRegression(long offset) {
        return tracker.isRegression(offset);
    }

    /** Where it reads on. */
    long position() {
        return tracker.position();
    }

    /** True if the record was done under an earlier assignment; it is then taken note of, and that is all. */
    boolean skips(long offset, long nowNanos) {
        if (!tracker.isRemembered(offset)) {
            return false;
        }
        tracker.read(TrackedRecord.remembered(this, offset, nowNanos));
        return true;
    }

    TrackedRecord read(InboundRecord record, long nowNanos) {
        TrackedRecord tracked = new TrackedRecord(this, record, nowNanos);
        tracker.read(tracked);
        return tracked;
    }

    void readUpTo(long nextOffset) {
        tracker.readUpTo(nextOffset);
    }

    Lanes lanes() {
        return lanes;
    }

    /** Takes note of completions, and of whether the partition has to wait for them. */
    void advance(PartitionLimits limits) {
        advance();
        isFull = isFull
                ? limits.half().areReached(tracker.unsettled(), lanes)
                : limits.areReached(tracker.unsettled(), lanes);
        showProgress();
    }

    void advance() {
        tracker.advance();
    }

    private void showProgress() {
        TrackedRecord oldest = tracker.oldest();
        progress = new Progress(
                committed,
                tracker.highWatermark(),
                tracker.position(),
                tracker.unsettled(),
                lanes.waiting(),
                isFull,
                oldest == null ? 0 : oldest.readNanos());
    }

    /** True while too much stands behind unfinished records. */
    boolean isFull() {
        return isFull || !heldBack.isEmpty();
    }

    /**
     * What a commit of this kind has to say, as of the last {@link #advance}; null for nothing new. Before anything was
     * committed or read there is nothing to say.
     */
    @Nullable
    PartitionCommit toCommit(CommitKind kind) {
        long highWatermark = tracker.highWatermark();
        if (highWatermark == OffsetTracker.UNKNOWN) {
            return null;
        }
        int runningBefore = running.get(); // before looking at what is done: what ends meanwhile counts as running
        Take take = switch (kind) {
            case PROGRESS -> marks.now(highWatermark);
            case MARK -> marks.next(highWatermark);
            case RELEASE -> null;
        };
        CommitNote note = new CommitNote(tracker.doneBeyond(), marks.history().from(highWatermark), take);
        String text = CommitNoteCodec.encode(highWatermark, note);
        boolean isWorthSaying = committed != OffsetTracker.UNKNOWN || tracker.hasProgress() || !text.isEmpty();
        boolean isNew = highWatermark != committed || !text.equals(committedNote);
        if (!isWorthSaying || !isNew) {
            return null;
        }
        long covered = exposure.coveredBy(runningBefore, CommitNoteCodec.untold(highWatermark, note, text));
        return new PartitionCommit(this, highWatermark, text, take, covered);
    }

    /** The broker has acknowledged a commit. */
    void committed(PartitionCommit commit) {
        committed = commit.offset();
        committedNote = commit.note();
        marks.acknowledged(commit.take());
        exposure.acknowledged(commit.covered());
    }

    Exposure exposure() {
        return exposure;
    }

    /** True if some of its records were in flight at two crashes, and not all of those are over. */
    boolean isIsolating() {
        return isIsolating;
    }

    /** What was read and not handed over: while isolating, or since a crash would have too much run again. */
    Deque<TrackedRecord> heldBack() {
        return heldBack;
    }

    /** @param next the next record, null if none was read */
    boolean isPastSuspects(@Nullable TrackedRecord next) {
        return (next == null ? tracker.position() : next.offset())
                >= marks.history().twiceEnd();
    }

    /** Gives back what was held back. */
    List<TrackedRecord> endIsolation() {
        isIsolating = false;
        List<TrackedRecord> free = List.copyOf(heldBack);
        heldBack.clear();
        return free;
    }

    TakeMarks marks() {
        return marks;
    }

    /** No longer ours: what completes from now on does not count. */
    void fence() {
        isHeld = false;
        tracker.abandonAll();
        heldBack.clear();
    }

    void begin(TrackedRecord record) {
        running.incrementAndGet();
        exposure.begun();
        marks.reach(record.offset() + 1);
        completions.inFlight().enter(record.bytes());
    }

    /** Records with the handler. */
    int running() {
        return running.get();
    }

    void ended(TrackedRecord record, @Nullable Throwable failure) {
        running.decrementAndGet();
        if (failure != null) {
            completions.failed(at(record.offset()), failure);
        }
        boolean unblocksPartition = progress.isFull() && record.offset() == progress.highWatermark();
        boolean unblocksLane = record.isInLane() && completions.leavesLane(record);
        completions.ended(record.bytes(), unblocksPartition || unblocksLane || isIsolating);
    }

    void endedStale(TrackedRecord record, @Nullable Throwable failure) {
        running.decrementAndGet();
        completions.endedStale(at(record.offset()), record.bytes(), failure);
    }

    PartitionSnapshot snapshot(long nowNanos) {
        Progress now = progress;
        return new PartitionSnapshot(
                partition.topic(),
                partition.partition(),
                now.committed,
                now.highWatermark,
                now.position,
                now.unsettled,
                now.waiting,
                now.isFull,
                now.unsettled == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, nowNanos - now.oldestReadNanos)));
    }

    RecordPosition at(long offset) {
        return new RecordPosition(partition.topic(), partition.partition(), offset);
    }

    /** What other threads see of the poll thread's figures: all of one moment. */
    private record Progress(
            long committed,
            long highWatermark,
            long position,
            int unsettled,
            int waiting,
            boolean isFull,
            long oldestReadNanos) {
        static final Progress NONE =
                new Progress(OffsetTracker.UNKNOWN, OffsetTracker.UNKNOWN, OffsetTracker.UNKNOWN, 0, 0, false, 0);
    }
}
