package io.toolstream.kafka;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Hands records to the handler in the order read, as far as there is room, and keeps the rest: never more than one poll
 * brought, because nothing is read while something waits here. Poll thread, except for the figures.
 */
final class Dispatcher {
    private final RecordHandler handler;
    private final InFlight inFlight;
    private final Completions completions;
    private final StopSwitch stop;
    private final ArrayDeque<TrackedRecord> waiting = new ArrayDeque<>();
    private volatile int held;
    private volatile long handled;

    Dispatcher(RecordHandler handler, Completions completions, StopSwitch stop) {
        this.handler = handler;
        this.inFlight = completions.inFlight();
        this.completions = completions;
        this.stop = stop;
    }

    /** Lines a record up, behind those of its lanes if it has any. */
    void add(TrackedRecord record) {
        if (isFirst(record)) {
            waiting.addLast(record);
        }
    }

    private boolean isFirst(TrackedRecord record) {
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

    void handOver() {
        long count = handled;
        while (!waiting.isEmpty() && hasRoom() && !stop.isOn()) {
            handOver(waiting.removeFirst());
            count++;
        }
        handled = count;
        held = waiting.size();
    }

    /** Forgets what these partitions have waiting: it was not begun, the next owner reads it again. */
    void drop(Collection<Assignment> assignments) {
        waiting.removeIf(record -> assignments.contains(record.assignment()));
        held = waiting.size();
    }

    int held() {
        return held;
    }

    long handled() {
        return handled;
    }

    private void handOver(TrackedRecord record) {
        record.assignment().begin(record);
        try {
            CompletionStage<?> stage = handler.handle(record.take(), record.assignment());
            Objects.requireNonNull(stage, "the handler returned no stage").whenComplete(record);
        } catch (RuntimeException e) {
            record.accept(null, e);
        }
    }
}
