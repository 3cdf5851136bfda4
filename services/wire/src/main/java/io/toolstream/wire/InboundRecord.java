package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** A record as it was read: bytes and headers untouched. {@code timestampMillis} is the record's own (epoch ms). */
public record InboundRecord(
        RecordPosition position,
        long timestampMillis,
        TimestampType timestampType,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Headers headers) {
    /** A record whose timestamp its producer set. */
    public InboundRecord(
            RecordPosition position,
            long timestampMillis,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers) {
        this(position, timestampMillis, TimestampType.CREATE, key, value, headers);
    }
}
