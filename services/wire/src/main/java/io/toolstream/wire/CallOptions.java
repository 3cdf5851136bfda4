package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for beside the call itself.
 *
 * @param deadlineMillis epoch ms, always set: from the caller or the default
 * @param inputResponses answers to an earlier {@code input_required}, a JSON object
 * @param requestState the opaque state that came with it
 */
public record CallOptions(
        long deadlineMillis,
        Priority priority,
        CacheMode cache,
        boolean progress,
        @Nullable String idempotencyKey,
        @Nullable String orderingKey,
        @Nullable RawJson inputResponses,
        @Nullable String requestState) {
    CallOptions endingBy(long otherMillis) {
        return new CallOptions(
                otherMillis, priority, cache, progress, idempotencyKey, orderingKey, inputResponses, requestState);
    }
}
