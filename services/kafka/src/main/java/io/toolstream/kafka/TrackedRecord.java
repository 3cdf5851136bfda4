package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One record from reading to completion: its slot in the {@link OffsetTracker} and, at the same time, the callback of
 * the handler's stage, so that a completion costs no look-up and no queue entry.
 *
 * <p>The state is the only field that two threads write, each transition by compare-and-set, so every record ends in
 * exactly one way whatever the interleaving:
 *
 * <ul>
 *   <li>OPEN → DONE or FAILED: the handler's stage ended (any thread) while the partition was held.
 *   <li>OPEN → ABANDONED: the partition was fenced (poll thread) first. The record runs again elsewhere.
 *   <li>ABANDONED → STALE: the stage ended after that (any thread). Counted, otherwise without effect.
 * </ul>
 *
 * A record that is remembered as done begins, and stays, in DONE. A second completion finds none of these open and does nothing. The poll thread reads DONE through the same volatile
 * field: all that the handler did happens before the commit that covers the record.
 */
final class TrackedRecord implements BiConsumer<Object, Throwable> {
    private enum State {
        OPEN,
        DONE,
        FAILED,
        ABANDONED,
        STALE
    }

    private static final AtomicReferenceFieldUpdater<TrackedRecord, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(TrackedRecord.class, State.class, "state");

    private final Assignment assignment;
    private final long offset;
    private final int bytes;
    private final long readNanos;
    private volatile State state = State.OPEN;
    private @Nullable InboundRecord waiting;
    private @Nullable LaneTicket ticket;

    TrackedRecord(Assignment assignment, InboundRecord record, long readNanos) {
        this.assignment = assignment;
        this.offset = record.position().offset();
        this.bytes = InboundRecords.bytes(record);
        this.readNanos = readNanos;
        this.waiting = record;
    }

    /** One that was done under an earlier assignment: it takes its place in the tracker and nothing else. */
    static TrackedRecord remembered(Assignment assignment, long offset, long readNanos) {
        return new TrackedRecord(assignment, offset, readNanos);
    }

    private TrackedRecord(Assignment assignment, long offset, long readNanos) {
        this.assignment = assignment;
        this.offset = offset;
        this.bytes = 0;
        this.readNanos = readNanos;
        this.state = State.DONE;
    }

    Assignment assignment() {
        return assignment;
    }

    long offset() {
        return offset;
    }

    RecordPosition position() {
        return assignment.at(offset);
    }

    int bytes() {
        return bytes;
    }

    long readNanos() {
        return readNanos;
    }

    /** True while the handler has it, or will have it, under a lease that is held. */
    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /** What is waiting here to be taken. Poll thread. */
    InboundRecord record() {
        return Objects.requireNonNull(waiting, "record was taken before");
    }

    /** Poll thread, before the record is handed over. */
    void takePlaces(LaneTicket places) {
        ticket = places;
    }

    boolean isInLane() {
        return ticket != null;
    }

    LaneTicket ticket() {
        return Objects.requireNonNull(ticket, "record is in no lane");
    }

    /** Hands the record out, once, and forgets it: what waits for a commit keeps no payload alive. Poll thread. */
    InboundRecord take() {
        InboundRecord record = record();
        waiting = null;
        return record;
    }

    /** The partition is no longer ours. Poll thread. */
    void abandon() {
        STATE.compareAndSet(this, State.OPEN, State.ABANDONED);
    }

    /** The handler's stage ended. Any thread. */
    @Override
    public void accept(@Nullable Object ignored, @Nullable Throwable failure) {
        if (STATE.compareAndSet(this, State.OPEN, failure == null ? State.DONE : State.FAILED)) {
            assignment.ended(this, failure);
        } else if (STATE.compareAndSet(this, State.ABANDONED, State.STALE)) {
            assignment.endedStale(this, failure);
        }
    }
}
