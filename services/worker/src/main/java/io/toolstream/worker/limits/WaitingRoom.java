package io.toolstream.worker.limits;

import io.toolstream.wire.Priority;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for a permit of one server, and who of them is next. Guarded by its owner's lock.
 *
 * <p><b>Who is next.</b> Priorities share the server by weight, 12 : 3 : 1, as stride scheduling does it (Waldspurger,
 * Weihl 1995): a stream of interactive calls slows batches down to a quarter and cannot starve them. Within a priority
 * tenants take turns, and the calls of a tenant keep their order. Where only interactive calls may go, the others neither go
 * nor save up turns for later; among themselves they keep their places.
 *
 * <p><b>Who has to go</b> when somebody comes and the room is full: the newest call of whoever has most, weighed alike
 * (longest queue drop: Suter et al. 1998), so that a flood costs the one who makes it. Somebody who would have most himself
 * is not let in.
 *
 * <p>First come, first served, even under overload: serving the newest first, as some do, would let callers who always
 * have so many calls under way wait for ever. What it is meant to prevent, dispatching calls whose time is up, is
 * prevented where they enter and where they leave.
 */
final class WaitingRoom {
    private final Map<Priority, Line> lines = new EnumMap<>(Priority.class);

    private int size;

    /** Of the line served last. */
    private long pass;

    WaitingRoom() {
        for (Priority priority : Priority.values()) {
            lines.put(priority, new Line(strideOfTurn(priority)));
        }
    }

    private static int strideOfTurn(Priority priority) {
        return switch (priority) {
            case INTERACTIVE -> 1;
            case BATCH -> 4;
            case REPLAY -> 12;
        };
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /**
     * Lets somebody in.
     *
     * @param places in the room
     * @return who has to go for it: nobody (null), another one, or the newcomer
     */
    @Nullable
    Ticket enter(Ticket ticket, int places) {
        Ticket leaving = size < places ? null : displacedBy(ticket);
        if (leaving != ticket) {
            line(ticket.priority()).add(ticket, pass);
            size++;
        }
        return leaving;
    }

    private Ticket displacedBy(Ticket ticket) {
        Line own = line(ticket.priority());
        Ticket other = expel((own.waitingOf(ticket.tenant()) + 1L) * own.strideOfTurn());
        return other == null ? ticket : other;
    }

    /** Takes out the newest call of whoever has most. Null for an empty room. */
    @Nullable
    Ticket expel() {
        return expel(0);
    }

    /** Only of somebody who has more, weighed. */
    private @Nullable Ticket expel(long than) {
        long most = than;
        Line from = null;
        String whose = "";
        for (Line line : lines.values()) {
            String longest = line.longest();
            long weighed = longest == null ? 0 : (long) line.waitingOf(longest) * line.strideOfTurn();
            if (longest != null && weighed > most) {
                most = weighed;
                from = line;
                whose = longest;
            }
        }
        if (from == null) {
            return null;
        }
        size--;
        return from.removeNewest(whose);
    }

    /** How many interactive calls wait. */
    int live() {
        return line(Priority.INTERACTIVE).size();
    }

    /** @param isLiveOnly whether only interactive calls may go */
    boolean hasNext(boolean isLiveOnly) {
        return isLiveOnly ? live() > 0 : size > 0;
    }

    /** Takes out who is next. Must not be asked of a room where {@link #hasNext} is false. */
    Ticket next(boolean isLiveOnly) {
        Line served = isLiveOnly ? line(Priority.INTERACTIVE) : first(true);
        pass = served.pass();
        Ticket next = served.next();
        size--;
        if (isLiveOnly && size > live()) {
            passBy(pass - first(false).pass());
        }
        return next;
    }

    private Line first(boolean isLiveToo) {
        Line first = null;
        for (Map.Entry<Priority, Line> each : lines.entrySet()) {
            Line line = each.getValue();
            boolean isMeant = isLiveToo || each.getKey().isBackground();
            if (isMeant && !line.isEmpty() && (first == null || line.pass() < first.pass())) {
                first = line;
            }
        }
        return Objects.requireNonNull(first, "nobody waits");
    }

    private void passBy(long more) {
        for (Map.Entry<Priority, Line> each : lines.entrySet()) {
            if (more > 0 && each.getKey().isBackground() && !each.getValue().isEmpty()) {
                each.getValue().passBy(more);
            }
        }
    }

    /** How many are served before one who comes now, about. */
    int ahead(Priority priority, String tenant) {
        Line own = line(priority);
        double turns = 0;
        for (Line line : lines.values()) {
            turns += line.isEmpty() && line != own ? 0 : (double) own.strideOfTurn() / line.strideOfTurn();
        }
        return (int) Math.min(size, Math.ceil(own.ahead(tenant) * turns));
    }

    /** Whether it was still there. */
    boolean leave(Ticket ticket) {
        boolean wasThere = line(ticket.priority()).remove(ticket);
        size -= wasThere ? 1 : 0;
        return wasThere;
    }

    /** Takes out all that are meant. */
    List<Ticket> removeIf(Predicate<Ticket> isToGo) {
        List<Ticket> gone = new ArrayList<>();
        lines.values().forEach(line -> gone.addAll(line.removeIf(isToGo)));
        size -= gone.size();
        return gone;
    }

    /** {@code Long.MAX_VALUE} for an empty room. */
    long nanosToFirstLate(long nowNanos) {
        return lines.values().stream()
                .mapToLong(line -> line.nanosToFirstLate(nowNanos))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private Line line(Priority priority) {
        return Objects.requireNonNull(lines.get(priority));
    }
}
