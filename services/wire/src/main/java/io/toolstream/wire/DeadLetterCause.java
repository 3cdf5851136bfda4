package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * Why a call became a dead letter.
 *
 * @param message says what was wrong, where, and what was expected; never arguments or results
 * @param attempts how often the tool server was asked (0: never)
 * @param firstFailureMillis epoch ms
 * @param consumerGroup of the worker
 * @param member index of the failed member of a {@code {"calls"}} record
 * @param memberValue its bytes, kept in place of the record's value
 */
public record DeadLetterCause(
        ErrorCode code,
        String message,
        int attempts,
        long firstFailureMillis,
        String consumerGroup,
        @Nullable Integer member,
        @Nullable RawJson memberValue) {
    public DeadLetterCause {
        if ((member == null) != (memberValue == null)) {
            throw new IllegalArgumentException("a member's index and its value come together");
        }
    }

    /** The cause of a record that holds one call. */
    public DeadLetterCause(
            ErrorCode code, String message, int attempts, long firstFailureMillis, String consumerGroup) {
        this(code, message, attempts, firstFailureMillis, consumerGroup, null, null);
    }
}
