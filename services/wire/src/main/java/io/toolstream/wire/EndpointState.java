package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * One place where a tool server is reached, as one worker finds it.
 *
 * @param name the server's own where there is one place, else with its number, as {@code fs#2}
 * @param health as its probes find it: known or not, and then well, doubtful or ill
 * @param breaker closed, half-open or open
 * @param roundTripMicros half of the last calls took no longer; absent as long as there were none
 * @param protocolVersion the MCP revision agreed on, once it was
 */
public record EndpointState(
        String name,
        Condition health,
        Condition breaker,
        Connections connections,
        @Nullable Long roundTripMicros,
        @Nullable String protocolVersion) {
    /**
     * How something is, and since when.
     *
     * @param cause what brought it there
     * @param sinceMillis epoch ms
     * @param nextMillis when it is looked at again, epoch ms: the next probe, or the end of a breaker's wait
     */
    public record Condition(
            String state,
            @Nullable String cause,
            long sinceMillis,
            @Nullable Long nextMillis) {}

    /**
     * Connections, for stdio children.
     *
     * @param waiting calls that wait for one
     * @param opened since the worker's start
     * @param reused calls that went over one used before
     */
    public record Connections(long inUse, long idle, long waiting, long opened, long reused) {}
}
