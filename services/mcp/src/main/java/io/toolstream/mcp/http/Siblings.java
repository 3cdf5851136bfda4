package io.toolstream.mcp.http;

import java.util.List;

/**
 * The slices of one pool, as one of them sees the others. A pool smaller than what a few long calls take up must not
 * leave a request waiting in one slice while a connection of another has nothing to do: whoever gets room takes over a
 * request that waits elsewhere, and whoever must wait looks for room elsewhere first.
 *
 * <p>Nothing is lost between two loops that do so at once: each writes its own volatile count before it reads the
 * other's, so at least one of them sees the other.
 */
final class Siblings {
    private volatile List<PoolSlice> slices = List.of();

    /** All of the pool. */
    void are(List<PoolSlice> all) {
        slices = List.copyOf(all);
    }

    /** In the loop of the slice that has room and nobody waiting. */
    void takeOver(PoolSlice free) {
        for (PoolSlice other : slices) {
            if (other != free && other.waitingCount() > 0) {
                other.giveAwayTo(free);
                return;
            }
        }
    }

    /** In the loop of a slice in which a request begins to wait. */
    void giveAway(PoolSlice full) {
        for (PoolSlice other : slices) {
            if (other != full && other.hasRoom()) {
                full.giveAwayTo(other);
                return;
            }
        }
    }
}
