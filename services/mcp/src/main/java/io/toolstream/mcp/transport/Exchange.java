package io.toolstream.mcp.transport;

/** One request under way. */
public interface Exchange {
    /**
     * Gives up: what it holds is freed, and the reply is a failure of kind {@code CANCELLED} that tells whether the
     * request had been sent. Does nothing once the reply is there. Any thread.
     */
    void abort();
}
