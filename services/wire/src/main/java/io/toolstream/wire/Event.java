package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to one call: that it ended, how, and where its time went. Feeds the metrics.
 *
 * @param timestampMillis epoch ms at which the call ended
 */
public record Event(
        Origin origin, Subject subject, Ending ending, Timings timings, String worker, long timestampMillis) {
    /** The record a call came in, and its index where the record held several: names an event uniquely. */
    public record Origin(RecordPosition position, @Nullable Integer member) {}

    /** Which call of which tool. */
    public record Subject(
            String id,
            @Nullable String server,
            @Nullable String tool,
            @Nullable String tenant,
            Priority priority) {}

    /**
     * How a call ended.
     *
     * @param code the text of an {@link ErrorCode}, where the call failed
     * @param cache the tier that answered: {@code l1}, {@code l2}, {@code coalesced}, {@code none}
     */
    public record Ending(Status status, @Nullable String code, int attempts, String cache) {}
}
