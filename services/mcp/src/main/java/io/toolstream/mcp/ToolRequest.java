package io.toolstream.mcp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tools/call}.
 *
 * @param tool the name as the server lists it
 * @param arguments a JSON object
 * @param meta what goes into {@code _meta}
 * @param timeout from now until the answer is complete
 * @param resume answers to an earlier {@code input_required}, if this is such a retry
 * @param listener hears of progress
 */
public record ToolRequest(
        String tool,
        JsonSlice arguments,
        RequestMeta meta,
        Duration timeout,
        @Nullable Resume resume,
        CallListener listener) {
    public ToolRequest(String tool, JsonSlice arguments, RequestMeta meta, Duration timeout, @Nullable Resume resume) {
        this(tool, arguments, meta, timeout, resume, CallListener.NONE);
    }

    /** The same call with another answer to what its server asked. */
    public ToolRequest resumed(Resume other) {
        return new ToolRequest(tool, arguments, meta, timeout, other, listener);
    }

    public ToolRequest heardBy(CallListener other) {
        return new ToolRequest(tool, arguments, meta, timeout, resume, other);
    }

    /** {@code inputResponses} (a JSON object) and the byte-exact {@code requestState}. */
    public record Resume(
            @Nullable JsonSlice inputResponses, @Nullable String requestState) {}
}
