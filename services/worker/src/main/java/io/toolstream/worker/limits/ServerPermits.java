package io.toolstream.worker.limits;

import io.toolstream.settings.ConcurrencySettings;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The permits of one endpoint of a tool server, and those who wait for one. Any thread; nothing blocks.
 *
 * <p>Guarded by this object's lock: everything but the finals. Whoever takes a ticket out of the room, under the lock, is
 * the one who tells it, outside of the lock: so a grant, a refusal and a cancellation that meet have one winner. One thread
 * at a time hands out what has come free ({@code isHandingOut}), since the attempt that it thereby begins may end on the
 * spot and bring its permit back: that adds a round to the loop, not a frame to the stack. The lock of {@link WorkerSlots} is
 * taken inside of this one, never the other way round.
 */
public final class ServerPermits {
    /** However long a server asks to be left alone: it may have been told so by mistake. */
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(1);

    /** Who waits no longer than that holds a place that nobody misses. */
    static final Duration QUICK = Duration.ofSeconds(2);

    private static final int MOST_TOOLS = 500;

    private final String server;
    private final ConcurrencySettings settings;
    private final WorkerSlots slots;
    private final Clockwork time;
    private final LimitObserver observer;

    private final WaitingRoom room = new WaitingRoom();
    private final GradientLimit limit;
    private final DrainRate drain = new DrainRate();
    private final RecentlyUsed<Pace> paces = new RecentlyUsed<>(MOST_TOOLS, Pace::new);
    private int inUse;
    private boolean isHeld;
    private long heldUntilNanos;
    private boolean isAlarmSet;
    private long alarmNanos;
    private boolean isHandingOut;

    /**
     * @param server as messages name it
     * @param carries attempts that its connections carry at the same time
     */
    public ServerPermits(
            String server,
            ConcurrencySettings settings,
            int carries,
            WorkerSlots slots,
            Clockwork time,
            LimitObserver observer) {
        this.server = server;
        this.settings = settings;
        this.slots = slots;
        this.time = time;
        this.observer = observer;
        this.limit = new GradientLimit(settings, carries);
        slots.share(server);
    }

    public synchronized LimitState state() {
        return new LimitState(limit.permits(), inUse, room.size(), isHeld);
    }

    /**
     * Asks for a permit.
     *
     * @return completes with it, at once or on the thread that has one; exceptionally when there is none
     */
    CompletableFuture<Permit> take(Invocation invocation) {
        long now = time.nowNanos();
        Permit permit = takeFree(invocation.tool(), now);
        return permit != null ? CompletableFuture.completedFuture(permit) : await(ticket(invocation, now), now);
    }

    private synchronized @Nullable Permit takeFree(Tool tool, long now) {
        if (!room.isEmpty() || !isFree() || !slots.begin(this)) {
            return null;
        }
        slots.hold();
        inUse++;
        if (!isFree()) {
            drain.begins(now);
        }
        return new Permit(this, tool, now);
    }

    private boolean isFree() {
        return !isHeld && inUse < limit.permits();
    }

    private CompletableFuture<Permit> await(Ticket ticket, long now) {
        Verdict verdict = enter(ticket, now);
        if (verdict != null) {
            verdict.tell(observer);
        }
        if (!ticket.granted().isDone()) {
            var unused = ticket.invocation().cancelled().thenRun(() -> cancel(ticket));
            goOn();
        }
        return ticket.granted();
    }

    private synchronized Ticket ticket(Invocation invocation, long now) {
        long least = paces.of(invocation.tool().name()).leastNanos();
        long byDeadline = time.nanosOf(invocation.call().options().deadlineMillis(), now) - least;
        long byPatience = now + settings.waitLimit().toNanos();
        boolean isDeadline = byDeadline - byPatience < 0;
        return new Ticket(invocation, now, isDeadline ? byDeadline : byPatience, isDeadline);
    }

    /** Who has to be told what for this one to come in: nobody, somebody else, or the newcomer himself. */
    private synchronized @Nullable Verdict enter(Ticket ticket, long now) {
        Refusal hopeless = hopeless(ticket, now);
        if (hopeless != null) {
            return Verdict.refused(ticket, hopeless, now);
        }
        int free = slots.freeFor(inUse + room.size());
        Ticket leaving = room.enter(ticket, places(free, now));
        if (leaving != ticket) {
            setAlarm(ticket.lastNanos());
        }
        if (leaving == null) {
            slots.hold();
            if (free == 0) {
                setAlarm(now + QUICK.toNanos());
            }
            return null;
        }
        return Verdict.refused(leaving, Refusal.full(server, state(), retryAfter(now)), now);
    }

    private int places(int free, long now) {
        return isQuick(now) ? settings.waiting() : Math.min(settings.waiting(), room.size() + free);
    }

    private boolean isQuick(long now) {
        long heldNanos = isHeld ? heldUntilNanos - now : 0;
        return heldNanos + drain.waitNanos(room.size(), limit.permits(), now) <= QUICK.toNanos();
    }

    /** Guarded. What was let in because it would be served at once, and is not: it holds places that others may miss. */
    private void giveUpPlaces(List<Verdict> gone, long now) {
        int tooMany = slots.tooMany(inUse + room.size());
        boolean isQuick = isQuick(now);
        if (isQuick && tooMany > 0) {
            setAlarm(now + QUICK.toNanos());
        }
        for (int i = 0; i < tooMany && !isQuick; i++) {
            Ticket newest = room.expel();
            if (newest == null) {
                return;
            }
            slots.leave();
            gone.add(Verdict.refused(newest, Refusal.full(server, state(), retryAfter(now)), now));
        }
    }

    /** Why a call should not wait at all. */
    private @Nullable Refusal hopeless(Ticket ticket, long now) {
        long patience = ticket.lastNanos() - now;
        if (isHeld && heldUntilNanos - now > patience) {
            return Refusal.held(server, Duration.ofNanos(heldUntilNanos - now));
        }
        long expected = drain.waitNanos(room.ahead(ticket.priority(), ticket.tenant()), limit.permits(), now);
        return expected > patience ? Refusal.hopeless(server, Duration.ofNanos(expected), retryAfter(now)) : null;
    }

    private Duration retryAfter(long now) {
        Duration drained = drain.retryAfter(room.size(), limit.permits(), now);
        return isHeld ? drained.plusNanos(Math.max(0, heldUntilNanos - now)) : drained;
    }

    /** Sends all away who wait, since nobody is to be dispatched to this server for now; who comes later may wait again. */
    public void dismiss(Failure failure) {
        long now = time.nowNanos();
        List<Ticket> gone;
        synchronized (this) {
            gone = room.removeIf(ticket -> true);
        }
        Refusal refusal = new Refusal(LimitObserver.Reason.DISMISSED, failure);
        gone.forEach(ticket -> {
            slots.leave();
            Verdict.refused(ticket, refusal, now).tell(observer);
        });
    }

    private void cancel(Ticket ticket) {
        boolean wasThere;
        synchronized (this) {
            wasThere = room.leave(ticket);
        }
        if (wasThere) {
            slots.leave();
            Verdict.refused(ticket, Refusal.cancelled(server), time.nowNanos()).tell(observer);
        }
    }

    /** An attempt has ended, and its permit is back. */
    void ended(Tool tool, long issuedNanos, Outcome outcome) {
        synchronized (this) {
            long now = time.nowNanos();
            inUse--;
            drain.cameBack(!room.isEmpty(), now);
            learn(tool, outcome, now - issuedNanos, now);
        }
        slots.leave();
        slots.end();
        wakeOthers();
        goOn();
    }

    /** An attempt less on this server may be one more on another: first there, or one busy server would keep them all. */
    private void wakeOthers() {
        for (ServerPermits next = slots.wanting(); next != null; next = slots.wanting()) {
            next.goOn();
        }
    }

    private void learn(Tool tool, Outcome outcome, long durationNanos, long now) {
        if (outcome instanceof Outcome.Failed failed) {
            learn(failed.failure(), now);
        } else {
            Pace pace = paces.of(tool.name());
            pace.took(durationNanos, now);
            limit.answered(pace.slowdown(), !room.isEmpty());
        }
    }

    private void learn(Failure failure, long now) {
        switch (failure.code()) {
            case RATE_LIMITED, OVERLOADED -> {
                limit.pushedBack();
                hold(failure.retryAfter(), now);
            }
            case TIMED_OUT -> limit.timedOut();
            default -> limit.failed();
        }
    }

    private void hold(@Nullable Duration wish, long now) {
        if (wish == null || wish.isZero() || wish.isNegative()) {
            return;
        }
        long until = now + (wish.compareTo(LONGEST_HOLD) < 0 ? wish : LONGEST_HOLD).toNanos();
        if (!isHeld || until - heldUntilNanos > 0) {
            isHeld = true;
            heldUntilNanos = until;
            setAlarm(until);
        }
    }

    /** Hands out what is free. Any thread, under no lock. */
    void goOn() {
        if (beginHandingOut()) {
            for (Verdict next = next(); next != null; next = next()) {
                next.tell(observer);
                if (next.permit() == null) {
                    wakeOthers();
                }
            }
        }
    }

    private synchronized boolean beginHandingOut() {
        boolean isMine = !isHandingOut;
        isHandingOut = true;
        return isMine;
    }

    /** Null, and the handing out is over, when nobody waits or nothing is free. */
    private synchronized @Nullable Verdict next() {
        if (room.isEmpty() || !isFree() || !slots.begin(this)) {
            isHandingOut = false;
            return null;
        }
        long now = time.nowNanos();
        Ticket first = room.next();
        if (first.isLate(now)) {
            slots.end();
            return late(first, now);
        }
        inUse++;
        return Verdict.granted(first, new Permit(this, first.invocation().tool(), now), now);
    }

    private Verdict late(Ticket ticket, long now) {
        slots.leave();
        Refusal refusal = ticket.lastIsDeadline()
                ? Refusal.expired(server)
                : Refusal.waited(server, settings.waitLimit(), retryAfter(now));
        return Verdict.refused(ticket, refusal, now);
    }

    /** Guarded. The timer is only told when it has to ring earlier than it would. */
    private void setAlarm(long dueNanos) {
        if (!isAlarmSet || dueNanos - alarmNanos < 0) {
            isAlarmSet = true;
            alarmNanos = dueNanos;
            time.at(dueNanos, this::ring);
        }
    }

    /** Somebody may have waited long enough, or the server may be asked again. */
    private void ring() {
        List<Verdict> late = new ArrayList<>();
        synchronized (this) {
            long now = time.nowNanos();
            room.removeIf(ticket -> ticket.isLate(now)).forEach(ticket -> late.add(late(ticket, now)));
            if (isHeld && heldUntilNanos - now <= 0) {
                isHeld = false;
                drain.begins(now);
            }
            isAlarmSet = false;
            giveUpPlaces(late, now);
            if (!room.isEmpty()) {
                setAlarm(now + room.nanosToFirstLate(now));
            }
            if (isHeld) {
                setAlarm(heldUntilNanos);
            }
        }
        late.forEach(verdict -> verdict.tell(observer));
        goOn();
    }

    @Override
    public String toString() {
        return "ServerPermits[" + server + " " + state() + "]";
    }
}
