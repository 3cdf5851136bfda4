package io.toolstream.worker;

import java.util.Collection;
import java.util.IdentityHashMap;

/**
 * Sums of counters whose owners come and go: a tool server that is opened anew counts from zero, what is told of it does not.
 * One thread.
 */
final class GrowingSums {
    private final IdentityHashMap<Object, long[]> last = new IdentityHashMap<>();
    private final long[] sums;

    /** @param width how many counters each owner has */
    GrowingSums(int width) {
        this.sums = new long[width];
    }

    /** These are an owner's counters now. */
    void add(Object owner, long... now) {
        long[] before = last.put(owner, now.clone());
        for (int i = 0; i < sums.length; i++) {
            sums[i] += Math.max(0, now[i] - (before == null ? 0 : before[i]));
        }
    }

    /** All others are gone. */
    void retain(Collection<?> owners) {
        last.keySet().removeIf(owner -> owners.stream().noneMatch(kept -> kept == owner));
    }

    long sum(int index) {
        return sums[index];
    }
}
