package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * The answer to one call.
 *
 * @param result the MCP result as the bytes it came in; set for {@code ok}, {@code tool_error}, {@code input_required}
 * @param error set for every other status
 * @param attempts how often the tool server was asked (0: never)
 * @param meta the reply's {@code _meta}, a JSON object
 */
public record Reply(
        ReplyIdentity identity,
        Status status,
        @Nullable RawJson result,
        @Nullable CallError error,
        int attempts,
        ServedBy servedBy,
        Timings timings,
        boolean isFinal,
        @Nullable RawJson meta) {
    /** A reply without {@code _meta}. */
    public Reply(
            ReplyIdentity identity,
            Status status,
            @Nullable RawJson result,
            @Nullable CallError error,
            int attempts,
            ServedBy servedBy,
            Timings timings,
            boolean isFinal) {
        this(identity, status, result, error, attempts, servedBy, timings, isFinal, null);
    }
}
