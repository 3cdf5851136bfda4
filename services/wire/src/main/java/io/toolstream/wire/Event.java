package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to one call: that it ended, how, and where its time went. Feeds the metrics.
 *
 * @param timestampMillis epoch ms at which the call ended
 */
public record Event(Origin origin, Subject subject, Ending ending, Times times, String worker, long timestampMillis) {
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
     * @param isReplied whether a reply was written; there is none for a call that named no topic for it
     * @param hasDeadLetter whether a dead letter was written
     */
    public record Ending(
            Status status,
            @Nullable String code,
            int attempts,
            String cache,
            boolean isReplied,
            boolean hasDeadLetter) {}

    /**
     * Where the time of a call went, in microseconds: what an answer from memory takes is far below a millisecond.
     *
     * @param queueMicros on the topic and in the worker before it ran
     * @param executeMicros from the first stage of its execution to the last
     * @param totalMicros both
     * @param waitMicros the part of its execution in which it waited for a permit or between two attempts
     * @param parkedMicros the part of its time in the queue in which it waited on the parked topic
     */
    public record Times(long queueMicros, long executeMicros, long totalMicros, long waitMicros, long parkedMicros) {
        /** Of a call that was never parked. */
        public Times(long queueMicros, long executeMicros, long totalMicros, long waitMicros) {
            this(queueMicros, executeMicros, totalMicros, waitMicros, 0);
        }
    }
}
