package io.toolstream.mcp.replica;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among replicas: the one with the least to do of those that are not paused, or of all if all are. Any thread.
 */
final class Replicas {
    private final List<Replica> all;
    private final boolean isSpread;
    private final AtomicInteger turn = new AtomicInteger();

    /** @param isSpread whether equals take turns; else the first is filled first, so that the others may not be needed */
    Replicas(List<Replica> all, boolean isSpread) {
        this.all = List.copyOf(all);
        this.isSpread = isSpread;
    }

    List<Replica> all() {
        return all;
    }

    /** Null if all were tried. */
    @Nullable
    Replica choose(Set<Replica> tried) {
        long now = System.nanoTime();
        int start = isSpread ? Math.floorMod(turn.getAndIncrement(), all.size()) : 0;
        Replica best = null;
        for (int i = 0; i < all.size(); i++) {
            Replica other = all.get((start + i) % all.size());
            if (!tried.contains(other) && (best == null || isBetter(other, best, now))) {
                best = other;
            }
        }
        return best;
    }

    private static boolean isBetter(Replica one, Replica other, long now) {
        boolean isPaused = one.isPaused(now);
        return isPaused == other.isPaused(now) ? one.inFlight() < other.inFlight() : !isPaused;
    }
}
