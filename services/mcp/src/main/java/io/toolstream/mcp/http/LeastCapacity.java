package io.toolstream.mcp.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How many requests at once every connection to one server can be counted on to carry: the least of what was seen of those
 * made within a connection's lifetime, so never more than any that is still used does; where none was made for so long, what
 * was seen of the last. A single one until a first is made, since what a server speaks shows only then. Behind one address
 * there may be servers of several kinds. Any thread; reading takes no lock.
 */
final class LeastCapacity {
    private static final int UNKNOWN = 1;

    private final long lifetimeNanos;

    /** What was seen later shows more: whatever showed as much before, or more, is outdone. Replaced as a whole. */
    private volatile List<Seen> seen = List.of();

    private record Seen(int capacity, long nanos) {}

    /** @param lifetime how long a connection is used */
    LeastCapacity(Duration lifetime) {
        this.lifetimeNanos = lifetime.toNanos();
    }

    /** A connection was made, or its server has allowed it another number of requests. */
    synchronized void saw(int capacity, long nowNanos) {
        int atLeastOne = Math.max(1, capacity);
        List<Seen> all = new ArrayList<>(seen);
        all.removeIf(earlier -> earlier.capacity() >= atLeastOne || isOver(earlier, nowNanos));
        all.add(new Seen(atLeastOne, nowNanos));
        seen = List.copyOf(all);
    }

    private boolean isOver(Seen earlier, long nowNanos) {
        return nowNanos - earlier.nanos() > lifetimeNanos;
    }

    int at(long nowNanos) {
        List<Seen> all = seen;
        int last = UNKNOWN;
        for (int i = 0; i < all.size(); i++) {
            last = all.get(i).capacity();
            if (!isOver(all.get(i), nowNanos)) {
                return last;
            }
        }
        return last;
    }
}
