package io.toolstream.worker.cache.redis;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What may be under way to Redis at once: commands, and bytes to be written. A place is taken until the command has ended, not
 * until nobody waits for it: a Redis that stands still fills it and gets no more. Reads may take every place, writes half of them,
 * so that these are dropped first. Any thread.
 */
final class Bulkhead {
    private static final long MOST_BYTES = 4 << 20;

    private final AtomicInteger commands = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final int most;

    Bulkhead(int most) {
        this.most = most;
    }

    boolean tryRead() {
        return tryTake(most);
    }

    boolean tryWrite(int size) {
        if (bytes.addAndGet(size) > MOST_BYTES || !tryTake(Math.max(1, most / 2))) {
            bytes.addAndGet(-size);
            return false;
        }
        return true;
    }

    private boolean tryTake(int limit) {
        if (commands.incrementAndGet() > limit) {
            commands.decrementAndGet();
            return false;
        }
        return true;
    }

    void ended(int size) {
        commands.decrementAndGet();
        bytes.addAndGet(-size);
    }

    int underWay() {
        return commands.get();
    }
}
