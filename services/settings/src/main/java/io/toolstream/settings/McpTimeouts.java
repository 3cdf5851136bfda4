package io.toolstream.settings;

import java.time.Duration;

/**
 * How long a tool server may take.
 *
 * @param connect for a connection with its handshake, or a child with its
 * @param firstByte from the request sent to the first byte of the answer
 * @param idle longest silence within an answer
 * @param attempt one try on one connection, all in all
 * @param call all attempts of one call together; the call's own deadline may be earlier
 */
public record McpTimeouts(Duration connect, Duration firstByte, Duration idle, Duration attempt, Duration call) {
    private static final Duration LEAST = Duration.ofMillis(1);

    static final McpTimeouts LOCAL = of(Duration.ofSeconds(30));
    static final McpTimeouts CLOUD = of(Duration.ofSeconds(60));

    public McpTimeouts {
        new Rules()
                .atLeast("connect", connect, LEAST)
                .atLeast("firstByte", firstByte, LEAST)
                .atLeast("idle", idle, LEAST)
                .atLeast("attempt", attempt, LEAST)
                .notLonger("firstByte", firstByte, "attempt", attempt)
                .notLonger("attempt", attempt, "call", call)
                .enforce();
    }

    private static McpTimeouts of(Duration limit) {
        return new McpTimeouts(Duration.ofSeconds(5), limit, limit, limit, limit);
    }

    /** With another limit for the whole call; what must not be longer is cut to it. */
    McpTimeouts within(Duration limit) {
        return new McpTimeouts(connect, shorter(firstByte, limit), idle, shorter(attempt, limit), limit);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
