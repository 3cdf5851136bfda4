package io.toolstream.worker.limits;

import io.toolstream.settings.ConcurrencySettings;
import io.toolstream.worker.invoke.Capacity;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.limits.GradientLimit.Wish;
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

    private final String server;
    private final ConcurrencySettings settings;
    private final WorkerSlots slots;
    private final Clockwork time;
    private final LimitObserver observer;

    private final WaitingRoom room = new WaitingRoom();
    private final Allowance allowance;
    private final DrainRate drain = new DrainRate();
    private int inUse;
    private int inUseInBackground;
    private boolean isHeld;
    private long heldUntilNanos;
    private boolean isAlarmSet;
    private long alarmNanos;
    private boolean isHandingOut;

    /**
     * @param server as messages name it
     * @param capacity of its connections
     */
    public ServerPermits(
            String server,
            ConcurrencySettings settings,
            Capacity capacity,
            WorkerSlots slots,
            Clockwork time,
            LimitObserver observer) {
        this.server = server;
        this.settings = settings;
        this.slots = slots;
        this.time = time;
        this.observer = observer;
        this.allowance = new Allowance(settings, capacity);
        slots.share(server);
    }

    public synchronized LimitState state() {
        return new LimitState(allowance.permits(), inUse, room.size(), isHeld);
    }

    /** How many of its permits calls may hold that nobody waits for. */
    public synchronized int forBackground() {
        return allowance.inBackground(time.nowNanos());
    }

    /**
     * Asks for a permit.
     *
     * @return completes with it, at once or on the thread that has one; exceptionally when there is none
     */
    CompletableFuture<Permit> take(Invocation invocation) {
        long now = time.nowNanos();
        Permit permit = takeFree(invocation, now);
        return permit != null ? CompletableFuture.completedFuture(permit) : await(ticket(invocation, now), now);
    }

    private synchronized @Nullable Permit takeFree(Invocation invocation, long now) {
        boolean isBackground = invocation.call().options().priority().isBackground();
        if (!isBackground) {
            allowance.cameLive(inUse - inUseInBackground + room.live() + 1, now);
            slots.cameLive(now);
        }
        boolean isLiveOnly = isLiveOnly(now);
        if (room.hasNext(isLiveOnly) || (isBackground && isLiveOnly) || !isFree() || !slots.begin(this)) {
            return null;
        }
        slots.hold(isBackground);
        Permit permit = issue(invocation, now);
        if (!isFree() || (isBackground && isLiveOnly(now))) {
            drain.begins(now);
        }
        return permit;
    }

    private Permit issue(Invocation invocation, long now) {
        boolean isBackground = invocation.call().options().priority().isBackground();
        inUse++;
        inUseInBackground += isBackground ? 1 : 0;
        return new Permit(this, invocation.tool(), isBackground, now);
    }

    private boolean isFree() {
        return !isHeld && inUse < allowance.permits();
    }

    /** Whether what is free is kept for interactive calls. */
    private boolean isLiveOnly(long now) {
        return inUseInBackground >= allowance.inBackground(now);
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
        long least = allowance.leastNanos(invocation.tool());
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
        if (leaving == ticket) {
            return Verdict.refused(ticket, full(now), now);
        }
        slots.hold(ticket.isBackground());
        setAlarm(ticket.lastNanos());
        if (leaving != null) {
            slots.leave(leaving.isBackground());
            return Verdict.refused(leaving, full(now), now);
        }
        if (free == 0) {
            setAlarm(now + QUICK.toNanos());
        }
        return null;
    }

    /** Those may come back later; ordered ones may not, and have few under way. */
    private boolean isKeptOut(Ticket ticket, long now) {
        boolean isOrdered = ticket.invocation().call().options().orderingKey() != null;
        return ticket.isBackground() && !isOrdered && !slots.hasRoomInBackground(now);
    }

    private int places(int free, long now) {
        return isQuick(now) ? settings.waiting() : Math.min(settings.waiting(), room.size() + free);
    }

    private boolean isQuick(long now) {
        long heldNanos = isHeld ? heldUntilNanos - now : 0;
        return heldNanos + drain.waitNanos(room.size(), allowance.permits(), now) <= QUICK.toNanos();
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
            slots.leave(newest.isBackground());
            gone.add(Verdict.refused(newest, full(now), now));
        }
    }

    /** Why a call should not wait at all. */
    private @Nullable Refusal hopeless(Ticket ticket, long now) {
        long patience = ticket.lastNanos() - now;
        if (isKeptOut(ticket, now)) {
            return full(now);
        }
        if (isHeld && heldUntilNanos - now > patience) {
            return Refusal.held(server, Duration.ofNanos(heldUntilNanos - now));
        }
        long expected = drain.waitNanos(ahead(ticket, now), allowance.permits(), now);
        return expected > patience ? Refusal.hopeless(server, Duration.ofNanos(expected), retryAfter(now)) : null;
    }

    /** Permits that come back before its turn, about; of those that come back it may be given only some. */
    private int ahead(Ticket ticket, long now) {
        int ahead = room.ahead(ticket.priority(), ticket.tenant());
        int share = allowance.inBackground(now);
        return ticket.isBackground() && inUse > share ? (int) ((long) (ahead + 1) * inUse / share) - 1 : ahead;
    }

    private Refusal full(long now) {
        return Refusal.full(server, state(), retryAfter(now));
    }

    private Duration retryAfter(long now) {
        Duration drained = drain.retryAfter(room.size(), allowance.permits(), now);
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
            slots.leave(ticket.isBackground());
            Verdict.refused(ticket, refusal, now).tell(observer);
        });
    }

    private void cancel(Ticket ticket) {
        boolean wasThere;
        synchronized (this) {
            wasThere = room.leave(ticket);
        }
        if (wasThere) {
            slots.leave(ticket.isBackground());
            Verdict.refused(ticket, Refusal.cancelled(server), time.nowNanos()).tell(observer);
        }
    }

    /** An attempt has ended, and its permit is back. */
    void ended(Permit permit, Outcome outcome) {
        synchronized (this) {
            long now = time.nowNanos();
            inUse--;
            inUseInBackground -= permit.isBackground() ? 1 : 0;
            drain.cameBack(!room.isEmpty(), now);
            learn(permit, outcome, now);
        }
        slots.leave(permit.isBackground());
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

    private void learn(Permit permit, Outcome outcome, long now) {
        allowance.ended(permit, outcome, wish(now), now);
        if (outcome instanceof Outcome.Failed failed) {
            switch (failed.failure().code()) {
                case RATE_LIMITED, OVERLOADED -> hold(failed.failure().retryAfter(), now);
                default -> {}
            }
        }
    }

    private Wish wish(long now) {
        if (room.isEmpty()) {
            return Wish.NONE;
        }
        return room.live() == 0 && allowance.isKept(now) ? Wish.PATIENT : Wish.PRESSING;
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
        long now = time.nowNanos();
        boolean isLiveOnly = isLiveOnly(now);
        if (!room.hasNext(isLiveOnly) || !isFree() || !slots.begin(this)) {
            isHandingOut = false;
            lookAgainAtTheShare(now);
            return null;
        }
        Ticket first = room.next(isLiveOnly);
        if (first.isLate(now)) {
            slots.end();
            return late(first, now);
        }
        return Verdict.granted(first, issue(first.invocation(), now), now);
    }

    /** Guarded. Those whom a permit is kept from are not called by one that comes back, where no attempt ends. */
    private void lookAgainAtTheShare(long now) {
        if (!room.isEmpty() && isFree() && allowance.isKept(now)) {
            setAlarm(allowance.keptUntilNanos());
        }
    }

    private Verdict late(Ticket ticket, long now) {
        slots.leave(ticket.isBackground());
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
