package io.toolstream.client;

import io.toolstream.wire.CacheMode;
import io.toolstream.wire.Priority;
import io.toolstream.wire.RawJson;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a call is to be executed.
 *
 * @param timeout null: the client's default
 */
record CallWishes(
        @Nullable Duration timeout,
        Priority priority,
        CacheMode cache,
        @Nullable String idempotencyKey,
        @Nullable String orderingKey,
        @Nullable Resume resume) {
    static final CallWishes NONE = new CallWishes(null, Priority.INTERACTIVE, CacheMode.USE, null, null, null);

    /** The caller's part of a call that was answered {@code input_required} before. */
    record Resume(
            @Nullable RawJson inputResponses, @Nullable String requestState) {}

    CallWishes withTimeout(Duration value) {
        return new CallWishes(value, priority, cache, idempotencyKey, orderingKey, resume);
    }

    CallWishes withPriority(Priority value) {
        return new CallWishes(timeout, value, cache, idempotencyKey, orderingKey, resume);
    }

    CallWishes withCache(CacheMode value) {
        return new CallWishes(timeout, priority, value, idempotencyKey, orderingKey, resume);
    }

    CallWishes withIdempotencyKey(String value) {
        return new CallWishes(timeout, priority, cache, value, orderingKey, resume);
    }

    CallWishes withOrderingKey(String value) {
        return new CallWishes(timeout, priority, cache, idempotencyKey, value, resume);
    }

    CallWishes withResume(Resume value) {
        return new CallWishes(timeout, priority, cache, idempotencyKey, orderingKey, value);
    }
}
