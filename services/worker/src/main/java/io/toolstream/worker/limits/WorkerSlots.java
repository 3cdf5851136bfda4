package io.toolstream.worker.limits;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all servers of a worker share: its places in flight, and how many attempts it makes at the same time. Any thread;
 * guarded by this object's lock, under which nothing else is called.
 *
 * <p><b>Places.</b> A server may hold as many as are left free (dynamic thresholds: Choudhury, Hahne 1998). One that hangs
 * takes half of them at most, two a third each, and so on: there is always room for one more, however many hang, and one
 * that is merely busy is not cut to a fixed share that the others do not use. The only server of a worker may hold all, and so
 * may one whose calls are served within {@link ServerPermits#QUICK}: its places are free again before anybody misses them.
 *
 * <p>While interactive calls come, a quarter of the places is kept from calls that nobody waits for, whatever their servers:
 * else a flood of these would have the worker read nothing more, and interactive calls wait on the topic behind it.
 */
public final class WorkerSlots {
    private static final int KEPT_PART = 4;

    private final int places;
    private final int attempts;
    private final Set<String> servers = new HashSet<>();
    private final Set<ServerPermits> wanting = new LinkedHashSet<>();
    private final RecentPeak live = new RecentPeak(BackgroundShare.LATELY);
    private int held;
    private int heldInBackground;
    private int running;

    /**
     * @param places of calls in flight
     * @param attempts at the same time
     */
    public WorkerSlots(int places, int attempts) {
        this.places = places;
        this.attempts = attempts;
    }

    /** From now on they are shared with this server too. */
    synchronized void share(String server) {
        servers.add(server);
    }

    /** That server is gone. */
    public synchronized void unshare(String server) {
        servers.remove(server);
    }

    /** How many more calls a server may let wait that holds so many places already. */
    synchronized int freeFor(int own) {
        int free = Math.max(0, places - held);
        return servers.size() > 1 ? Math.max(0, free - own) : free;
    }

    /** How many a server has to give up that holds so many, until it holds no more than are free. */
    synchronized int tooMany(int own) {
        int over = own - Math.max(0, places - held);
        return servers.size() > 1 && over > 0 ? (over + 1) / 2 : 0;
    }

    /** An interactive call has come. */
    synchronized void cameLive(long nowNanos) {
        live.saw(1, nowNanos);
    }

    /** Whether one more call may wait that nobody waits for. */
    synchronized boolean hasRoomInBackground(long nowNanos) {
        return live.greatest(nowNanos) == 0 || heldInBackground < places - places / KEPT_PART;
    }

    /** A call is taken in, be it to run or to wait. */
    synchronized void hold(boolean isBackground) {
        held++;
        heldInBackground += isBackground ? 1 : 0;
    }

    /** The same for one that waits outside of any room, and for which nobody waits, if its server may have one more of those. */
    synchronized boolean tryHoldInBackground(int own, long nowNanos) {
        boolean isFree = freeFor(own) > 0 && hasRoomInBackground(nowNanos);
        if (isFree) {
            hold(true);
        }
        return isFree;
    }

    /** It has gone. */
    synchronized void leave(boolean isBackground) {
        held--;
        heldInBackground -= isBackground ? 1 : 0;
    }

    /** Whether another attempt may be made; if not, the server is told once one may. */
    synchronized boolean begin(ServerPermits server) {
        if (running < attempts) {
            running++;
            return true;
        }
        wanting.add(server);
        return false;
    }

    /** An attempt has ended; ask {@link #wanting} then, outside of all locks. */
    synchronized void end() {
        running--;
    }

    /** The server whose turn it is, if another attempt may be made and anyone wants one. */
    synchronized @Nullable ServerPermits wanting() {
        if (running >= attempts || wanting.isEmpty()) {
            return null;
        }
        ServerPermits next = wanting.iterator().next();
        wanting.remove(next);
        return next;
    }

    synchronized int held() {
        return held;
    }

    synchronized int running() {
        return running;
    }
}
