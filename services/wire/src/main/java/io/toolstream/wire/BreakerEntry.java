package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * What one worker says of its own breaker for one endpoint of a tool server.
 *
 * @param opened null: it is not open
 */
public record BreakerEntry(
        String server,
        String endpoint,
        String worker,
        @Nullable Opened opened) {
    /**
     * An open breaker.
     *
     * @param cause for people: what opened it
     */
    public record Opened(long sinceMillis, String cause) {}
}
