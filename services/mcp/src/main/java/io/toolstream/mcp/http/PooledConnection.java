package io.toolstream.mcp.http;

import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;

/**
 * One connection in a slice of the pool, with as many requests under way as its protocol allows. Event loop only. Tells
 * its slice when it was full and has room again, and when it is gone.
 */
interface PooledConnection {
    /** Whether a request was sent over it before. */
    boolean wasUsed();

    /** Whether it may take a request: alive, not too old, not about to be closed by the server. */
    boolean isUsable(long nowNanos);

    /** How many requests it can take now. */
    int room();

    /** How many requests it can have under way at once. */
    int capacity();

    /** Whether nothing is under way. */
    boolean isIdle();

    /** When the pool should look at it again, on the clock of {@link System#nanoTime()}. */
    long idleEndNanos();

    /** Sends a request; there is room for it. */
    void send(HttpExchange exchange);

    /** The caller gave up this request, which was sent here and has no answer yet. */
    void cancel(HttpExchange exchange);

    /** Takes no more requests, and ends when the last one under way has. */
    void retire();

    /** Ends now, and fails what is under way. */
    void breakOff(Kind kind, Delivery delivery, String why);
}
