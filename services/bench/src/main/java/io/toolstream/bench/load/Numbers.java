package io.toolstream.bench.load;

import java.util.concurrent.atomic.AtomicLong;

/** The numbers of calls: none comes twice in a run. */
public final class Numbers {
    private final AtomicLong next;

    public Numbers(long first) {
        next = new AtomicLong(first);
    }

    public long next() {
        return next.getAndIncrement();
    }
}
