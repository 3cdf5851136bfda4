package io.toolstream.mcp.http;

import java.util.concurrent.atomic.LongAdder;

/** What the connections to one server were used for, over all slices. Any thread. */
final class PoolCounters {
    private final LongAdder opened = new LongAdder();
    private final LongAdder reused = new LongAdder();
    private final LongAdder establishNanos = new LongAdder();

    void opened(long nanos) {
        opened.increment();
        establishNanos.add(nanos);
    }

    void reused() {
        reused.increment();
    }

    long openedCount() {
        return opened.sum();
    }

    long reusedCount() {
        return reused.sum();
    }

    long establishNanos() {
        return establishNanos.sum();
    }
}
