package io.toolstream.kafka;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Hands records to the handler in the order read, as far as there is room, and keeps the rest: never more than one poll
 * brought, because nothing is read while something waits here. Poll thread, except for the figures.
 */
final class Dispatcher {
    /** In flight at two crashes, and at a third alone. */
    private static final int DEADLY = 3;

    private final RecordHandler handler;
    private final InFlight inFlight;
    private final Completions completions;
    private final StopSwitch stop;
    private final ArrayDeque<TrackedRecord> waiting = new ArrayDeque<>();

    /** Partitions that hold records back, since a crash would have too much of them run again. */
    private final Set<Assignment> exposed = new LinkedHashSet<>();

    private boolean isBarred;
    private volatile int held;
    private volatile long handled;

    Dispatcher(RecordHandler handler, Completions completions, StopSwitch stop) {
        this.handler = handler;
        this.inFlight = completions.inFlight();
        this.completions = completions;
        this.stop = stop;
    }

    /** Lines a record up. */
    void add(TrackedRecord record) {
        if (record.assignment().isIsolating()) {
            record.assignment().heldBack().addLast(record);
        } else {
            waiting.addLast(record);
        }
    }

    /**
     * True if no earlier record of its lanes is unfinished; otherwise it comes again behind those. The handler is asked
     * once the broker knows of the take: whatever it does to a record may be its end.
     */
    private boolean isFirst(TrackedRecord record) {
        if (record.isInLane()) {
            return true;
        }
        try {
            Set<String> keys = handler.laneKeys(record.record());
            return keys.isEmpty() || record.assignment().lanes().enter(record, keys);
        } catch (RuntimeException e) {
            completions.failed(record.position(), e);
            return false;
        }
    }

    /** Lines up what waited for records that are over. */
    void release() {
        for (TrackedRecord over = completions.nextLeaving(); over != null; over = completions.nextLeaving()) {
            if (over.assignment().isHeld()) {
                over.assignment().lanes().leave(over.ticket(), waiting::addLast);
            }
        }
    }

    /** Room for the next record, whichever it will be. */
    boolean hasRoom() {
        TrackedRecord next = waiting.peekFirst();
        return inFlight.hasRoomFor(next == null ? 1 : next.bytes());
    }

    boolean isHolding() {
        return !waiting.isEmpty();
    }

    boolean hasRoomFor(TrackedRecord record) {
        return inFlight.hasRoomFor(record.bytes()) && !stop.isOn();
    }

    /** Hands over what there is room for and the broker knows to be coming. */
    void handOver() {
        readmit();
        isBarred = false;
        while (!waiting.isEmpty() && hasRoom() && !stop.isOn() && !isBarred) {
            TrackedRecord next = waiting.getFirst();
            Assignment from = next.assignment();
            if (from.exposure().isFull()) {
                from.heldBack().addLast(waiting.removeFirst());
                exposed.add(from);
            } else if (from.marks().mayHandOver(next.offset())) {
                handOver(waiting.removeFirst());
            } else {
                from.marks().reach(next.offset());
                isBarred = true;
            }
        }
        countHeld();
    }

    /** What was held back goes before what was read after it. */
    private void readmit() {
        exposed.removeIf(assignment -> {
            if (assignment.exposure().isFull()) {
                return false;
            }
            while (!assignment.heldBack().isEmpty()) {
                waiting.addFirst(assignment.heldBack().removeLast());
            }
            return true;
        });
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the poll thread writes
    private void handOver(TrackedRecord next) {
        if (isFirst(next)) {
            begin(next, 0);
            handled++;
        }
    }

    private void countHeld() {
        int count = waiting.size();
        for (Assignment assignment : exposed) {
            count += assignment.heldBack().size();
        }
        held = count;
    }

    /** True if the next record has to wait until a mark is acknowledged. */
    boolean isBarred() {
        return isBarred;
    }

    /** Hands over one that was held back. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the poll thread writes
    void handOverAlone(TrackedRecord record, int crashes) {
        begin(record, crashes);
        handled++;
    }

    /** Forgets what these partitions have waiting: it was not begun, the next owner reads it again. */
    void drop(Collection<Assignment> assignments) {
        waiting.removeIf(record -> assignments.contains(record.assignment()));
        exposed.removeAll(List.copyOf(assignments));
        countHeld();
    }

    int held() {
        return held;
    }

    long handled() {
        return handled;
    }

    private void begin(TrackedRecord record, int crashes) {
        record.assignment().begin(record);
        try {
            CompletionStage<?> stage = crashes >= DEADLY
                    ? handler.condemned(record.take(), record.assignment(), crashes)
                    : handler.handle(record.take(), record.assignment());
            Objects.requireNonNull(stage, "the handler returned no stage").whenComplete(record);
        } catch (RuntimeException e) {
            record.accept(null, e);
        }
    }
}
