package io.toolstream.cli.call;

import io.toolstream.client.ToolCall;
import io.toolstream.wire.CacheMode;
import io.toolstream.wire.Priority;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param arguments as given to {@code --args}: JSON, {@code @file} or {@code -}
 */
record CallRequest(CallWords words, @Nullable String arguments, Duration timeout, Wishes wishes, Answers answers) {
    /** To a call that was answered {@code input_required} before. */
    record Answers(
            @Nullable String inputResponses, @Nullable String requestState) {
        boolean isNone() {
            return inputResponses == null && requestState == null;
        }
    }

    /** The caller's further wishes. */
    record Wishes(
            @Nullable String tenant,
            @Nullable String idempotencyKey,
            @Nullable String orderingKey,
            Priority priority,
            CacheMode cache) {}

    /** The call without its arguments. */
    ToolCall bareCall() {
        ToolCall call = words.server() == null ? ToolCall.of(words.tool()) : ToolCall.of(words.server(), words.tool());
        call = call.timeout(timeout).priority(wishes.priority()).cache(wishes.cache());
        call = wishes.tenant() == null ? call : call.tenant(wishes.tenant());
        call = wishes.idempotencyKey() == null ? call : call.idempotencyKey(wishes.idempotencyKey());
        return wishes.orderingKey() == null ? call : call.orderingKey(wishes.orderingKey());
    }
}
