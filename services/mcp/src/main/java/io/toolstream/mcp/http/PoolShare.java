package io.toolstream.mcp.http;

import io.toolstream.mcp.McpClientSettings.Pool;

/** The part of a server's pool that one event loop has. */
record PoolShare(int maxConnections, int minConnections, int maxWaiting, long acquireWaitNanos, long lifetimeNanos) {
    /** Lifetimes end up to a tenth early, in so many steps: connections made together should not all end together. */
    private static final int STEPS = 8;

    /** Shares differ by one at most and add up to the whole. */
    static PoolShare of(Pool pool, int index, int slices) {
        return new PoolShare(
                share(pool.maxConnections(), index, slices),
                share(pool.minConnections(), index, slices),
                share(pool.maxWaiting(), index, slices),
                pool.acquireWait().toNanos(),
                pool.lifetime().toNanos());
    }

    /** Of a slice that shares nothing. */
    static PoolShare alone(Pool pool, int connections) {
        return new PoolShare(
                connections,
                0,
                connections,
                pool.acquireWait().toNanos(),
                pool.lifetime().toNanos());
    }

    private static int share(int whole, int index, int slices) {
        return whole / slices + (index < whole % slices ? 1 : 0);
    }

    /** For the n-th connection. */
    long lifetimeNanos(long n) {
        return lifetimeNanos - lifetimeNanos / 10 * (n % STEPS) / STEPS;
    }
}
