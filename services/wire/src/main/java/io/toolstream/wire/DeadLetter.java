package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * A failed call as it is kept: the record it came in, byte for byte, and why it failed.
 *
 * @param original where the call stood and what it was; its value is the member's for a member of a batch
 * @param code the text of an {@link ErrorCode}, kept as text because readers must survive codes of later versions
 * @param replayOf the position of the dead letter this call was replayed from, as text
 * @param replays how often it had been replayed
 */
public record DeadLetter(
        InboundRecord original,
        String code,
        String message,
        Status status,
        Failure failure,
        @Nullable String replayOf,
        int replays) {
    /** The circumstances of the failure; see {@link DeadLetterCause}. */
    public record Failure(
            int attempts,
            long firstFailureMillis,
            String consumerGroup,
            @Nullable Integer member) {}
}
