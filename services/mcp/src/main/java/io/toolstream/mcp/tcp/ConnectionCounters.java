package io.toolstream.mcp.tcp;

import io.toolstream.mcp.ConnectionStats;
import java.util.concurrent.atomic.LongAdder;

/** What the connections to one server were used for. Any thread. */
public final class ConnectionCounters {
    private final LongAdder reused = new LongAdder();
    private final LatencyCounter establish = new LatencyCounter();
    private final LatencyCounter borrow = new LatencyCounter();

    /** A connection was established. */
    public void opened(long nanos) {
        establish.add(nanos);
    }

    /** A request went over a connection used before. */
    public void reused() {
        reused.increment();
    }

    /** A request got a connection after so long. */
    public void borrowed(long nanos) {
        borrow.add(nanos);
    }

    public ConnectionStats stats(int inUse, int idle, int waiting) {
        return new ConnectionStats(
                establish.count(), reused.sum(), inUse, idle, waiting, establish.counts(), borrow.counts(), 0);
    }
}
