package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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
    private final OffsetTracker tracker = new OffsetTracker();
    private final Lanes lanes = new Lanes();
    private final AtomicInteger running = new AtomicInteger();
    private long committed = OffsetTracker.UNKNOWN;
    private String committedNote = "";
    private boolean isFull;
    private volatile boolean isHeld = true;
    private volatile Progress progress = Progress.NONE;

    Assignment(TopicPartition partition, Completions completions) {
        this.partition = partition;
        this.completions = completions;
    }

    /** Goes on where the group's last commit stands, with what that says beside its offset. */
    void resume(OffsetAndMetadata last) {
        committed = last.offset();
        committedNote = last.metadata();
        tracker.resume(
                committed, CommitNoteCodec.decode(committed, committedNote).done());
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
        tracker.advance();
        isFull = isFull
                ? limits.half().areReached(tracker.unsettled(), lanes)
                : limits.areReached(tracker.unsettled(), lanes);
        showProgress();
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
        return isFull;
    }

    /** What the next commit has to say, as of the last {@link #advance}; null for nothing new. */
    @Nullable
    PartitionCommit toCommit() {
        long highWatermark = tracker.highWatermark();
        if (highWatermark == OffsetTracker.UNKNOWN) {
            return null;
        }
        String note = CommitNoteCodec.encode(highWatermark, new CommitNote(tracker.doneBeyond()));
        boolean isWorthSaying = tracker.hasProgress() || !note.isEmpty();
        boolean isNew = highWatermark != committed || !note.equals(committedNote);
        return isWorthSaying && isNew ? new PartitionCommit(this, highWatermark, note) : null;
    }

    /** The broker has acknowledged a commit. */
    void committed(PartitionCommit commit) {
        committed = commit.offset();
        committedNote = commit.note();
    }

    /** No longer ours: what completes from now on does not count. */
    void fence() {
        isHeld = false;
        tracker.abandonAll();
    }

    void begin(TrackedRecord record) {
        running.incrementAndGet();
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
        completions.ended(record.bytes(), unblocksPartition || unblocksLane);
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
