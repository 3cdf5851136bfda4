package io.toolstream.mcp.http;

import io.toolstream.mcp.McpClientSettings.Pool;

/** The part of a server's pool that one event loop has. */
record PoolShare(int maxConnections, int minConnections, int maxWaiting, long acquireWaitNanos) {
    /** Shares differ by one at most and add up to the whole. */
    static PoolShare of(Pool pool, int index, int slices) {
        return new PoolShare(
                share(pool.maxConnections(), index, slices),
                share(pool.minConnections(), index, slices),
                share(pool.maxWaiting(), index, slices),
                pool.acquireWait().toNanos());
    }

    private static int share(int whole, int index, int slices) {
        return whole / slices + (index < whole % slices ? 1 : 0);
    }
}
