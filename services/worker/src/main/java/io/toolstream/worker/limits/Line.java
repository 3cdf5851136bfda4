package io.toolstream.worker.limits;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Those of one priority who wait: the tenants take turns, and the calls of each keep their order. As bounded as the room
 * it belongs to; a tenant is known only while a call of his waits. Guarded by the room's owner.
 */
final class Line {
    private final int strideOfTurn;

    /** In the order of their turns. */
    private final Map<String, ArrayDeque<Ticket>> tenants = new LinkedHashMap<>();

    private int size;

    /** How much of the server this line has had, in strides: the line with the least is next. */
    private long pass;

    /** @param strideOfTurn what one turn counts: the greater, the rarer */
    Line(int strideOfTurn) {
        this.strideOfTurn = strideOfTurn;
    }

    int strideOfTurn() {
        return strideOfTurn;
    }

    long pass() {
        return pass;
    }

    /** Its turns go to others by so much: it has no claim to what it could not take. */
    void passBy(long more) {
        pass += more;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int waitingOf(String tenant) {
        ArrayDeque<Ticket> own = tenants.get(tenant);
        return own == null ? 0 : own.size();
    }

    /** How many of this line are served before one who comes now. */
    int ahead(String tenant) {
        return (int) Math.min(size, (long) (waitingOf(tenant) + 1) * Math.max(1, tenants.size()));
    }

    /** A line that was empty has no claim to the turns it did not want. */
    void add(Ticket ticket, long passOfRoom) {
        if (isEmpty()) {
            pass = Math.max(pass, passOfRoom);
        }
        tenants.computeIfAbsent(ticket.tenant(), unused -> new ArrayDeque<>(2)).add(ticket);
        size++;
    }

    /** Must not be asked of an empty line. */
    Ticket next() {
        Map.Entry<String, ArrayDeque<Ticket>> turn =
                tenants.entrySet().iterator().next();
        Ticket first = turn.getValue().remove();
        tenants.remove(turn.getKey());
        if (!turn.getValue().isEmpty()) {
            tenants.put(turn.getKey(), turn.getValue());
        }
        size--;
        pass += strideOfTurn;
        return first;
    }

    /** Whose calls here are the most; null for an empty line. */
    @Nullable
    String longest() {
        String longest = null;
        for (Map.Entry<String, ArrayDeque<Ticket>> each : tenants.entrySet()) {
            if (longest == null || each.getValue().size() > waitingOf(longest)) {
                longest = each.getKey();
            }
        }
        return longest;
    }

    /** The newest call of a tenant who has one here. */
    Ticket removeNewest(String tenant) {
        ArrayDeque<Ticket> own = tenants.getOrDefault(tenant, new ArrayDeque<>());
        Ticket newest = own.removeLast();
        removed(tenant, own);
        return newest;
    }

    boolean remove(Ticket ticket) {
        ArrayDeque<Ticket> own = tenants.get(ticket.tenant());
        if (own == null || !own.remove(ticket)) {
            return false;
        }
        removed(ticket.tenant(), own);
        return true;
    }

    private void removed(String tenant, ArrayDeque<Ticket> left) {
        size--;
        if (left.isEmpty()) {
            tenants.remove(tenant);
        }
    }

    List<Ticket> removeIf(Predicate<Ticket> isToGo) {
        List<Ticket> gone = new ArrayList<>();
        for (Iterator<ArrayDeque<Ticket>> all = tenants.values().iterator(); all.hasNext(); ) {
            ArrayDeque<Ticket> own = all.next();
            own.stream().filter(isToGo).forEach(gone::add);
            own.removeIf(isToGo);
            if (own.isEmpty()) {
                all.remove();
            }
        }
        size -= gone.size();
        return gone;
    }

    /** The earliest of all last moments; {@code Long.MAX_VALUE} after {@code nowNanos} for an empty line. */
    long nanosToFirstLate(long nowNanos) {
        long least = Long.MAX_VALUE;
        for (ArrayDeque<Ticket> own : tenants.values()) {
            for (Ticket ticket : own) {
                least = Math.min(least, ticket.lastNanos() - nowNanos);
            }
        }
        return least;
    }
}
