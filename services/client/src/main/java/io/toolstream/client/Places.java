package io.toolstream.client;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The places of calls in flight, and the line of those that wait for one; both bounded. Any thread, nothing blocks.
 *
 * <p>Guarded by this object's lock: all fields. A place that is given back goes to the first in line, whose turn comes
 * outside of the lock, by one thread at a time: whoever ends at once in its turn costs no stack.
 */
final class Places {
    private final FlowLimits limits;
    private final Set<Turn> line = new LinkedHashSet<>();
    private final Queue<Turn> due = new ArrayDeque<>();
    private int taken;
    private boolean isHandingOver;

    Places(FlowLimits limits) {
        this.limits = limits;
    }

    /** The caller's turn: done already where a place is free; empty where the line is full, too. */
    synchronized Optional<Turn> enter() {
        Optional<Turn> turn = enterNow();
        if (turn.isPresent() || line.size() >= limits.waiting()) {
            return turn;
        }
        Turn later = new Turn();
        line.add(later);
        return Optional.of(later);
    }

    /** The same, without waiting in line. */
    synchronized Optional<Turn> enterNow() {
        if (taken >= limits.inFlight()) {
            return Optional.empty();
        }
        taken++;
        return Optional.of(Turn.now());
    }

    /** To be called once for every turn given, whether it came or not. */
    void leave(Turn turn) {
        if (free(turn)) {
            for (Turn next = next(); next != null; next = next()) {
                next.come();
            }
        }
    }

    /** True if this thread is to hand places over. */
    private synchronized boolean free(Turn turn) {
        if (line.remove(turn)) {
            return false;
        }
        Iterator<Turn> waiting = line.iterator();
        if (!waiting.hasNext()) {
            taken--;
            return false;
        }
        due.add(waiting.next());
        waiting.remove();
        boolean isFirst = !isHandingOver;
        isHandingOver = true;
        return isFirst;
    }

    private synchronized @Nullable Turn next() {
        Turn next = due.poll();
        isHandingOver = next != null;
        return next;
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int waiting() {
        return line.size();
    }
}
