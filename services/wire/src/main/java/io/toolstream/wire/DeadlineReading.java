package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * Decides by when a call must be done. A deadline that has passed is well-formed, since there is no clock here to tell.
 */
final class DeadlineReading {
    private final InboundRecord record;
    private final WireLimits limits;
    private final Problems problems;

    DeadlineReading(InboundRecord record, WireLimits limits, Problems problems) {
        this.record = record;
        this.limits = limits;
        this.problems = problems;
    }

    /** The deadline asked for, checked, or the default; in epoch ms. */
    long orDefault(@Nullable Long asked) {
        if (asked == null) {
            return after(limits.defaultDeadline().toMillis());
        }
        long maxMillis = limits.maxDeadline().toMillis();
        if (asked > after(maxMillis)) {
            problems.add(
                    ErrorCode.INVALID_DEADLINE,
                    "the deadline is " + (asked - after(0)) + " ms after the record's timestamp, at most " + maxMillis
                            + " ms expected");
        }
        return asked;
    }

    /** The deadline that these fields ask for, in epoch ms. */
    @Nullable
    Long ofFields(Fields fields) {
        Long deadline = millis(fields, CallFields.DEADLINE, "epoch ms");
        Long timeout = millis(fields, CallFields.TIMEOUT_MS, "ms from the record's timestamp");
        if (deadline != null && timeout != null) {
            problems.add(
                    ErrorCode.INVALID_DEADLINE,
                    fields.pointerTo(CallFields.DEADLINE) + " and " + fields.pointerTo(CallFields.TIMEOUT_MS)
                            + " are both there, one of them expected");
        }
        return timeout == null ? deadline : Long.valueOf(after(timeout));
    }

    private @Nullable Long millis(Fields fields, String name, String unit) {
        Long millis = fields.integer(name);
        if (millis != null && millis < 0) {
            problems.add(
                    ErrorCode.INVALID_DEADLINE,
                    fields.pointerTo(name) + " is " + millis + ", expected " + unit + ", 0 or more");
            return null;
        }
        return millis;
    }

    /** So many ms after the record's timestamp, without running over. */
    private long after(long millis) {
        long timestamp = Math.max(0, record.timestampMillis());
        return millis > Long.MAX_VALUE - timestamp ? Long.MAX_VALUE : timestamp + millis;
    }
}
