package io.toolstream.mcp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tools/call}.
 *
 * @param tool the name as the server lists it
 * @param arguments a JSON object
 * @param meta what goes into {@code _meta}
 * @param times how long it may take
 * @param resume answers to an earlier {@code input_required}, if this is such a retry
 * @param listener hears of progress
 */
public record ToolRequest(
        String tool,
        JsonSlice arguments,
        RequestMeta meta,
        Times times,
        @Nullable Resume resume,
        CallListener listener) {
    public ToolRequest(
            String tool,
            JsonSlice arguments,
            RequestMeta meta,
            Duration timeout,
            @Nullable Resume resume,
            CallListener listener) {
        this(tool, arguments, meta, new Times(timeout, timeout), resume, listener);
    }

    public ToolRequest(String tool, JsonSlice arguments, RequestMeta meta, Duration timeout, @Nullable Resume resume) {
        this(tool, arguments, meta, timeout, resume, CallListener.NONE);
    }

    /** From now until the answer is complete, be it the result or a task. */
    public Duration timeout() {
        return times.answer();
    }

    /** The same call with another answer to what its server asked. */
    public ToolRequest resumed(Resume other) {
        return new ToolRequest(tool, arguments, meta, times, other, listener);
    }

    public ToolRequest heardBy(CallListener other) {
        return new ToolRequest(tool, arguments, meta, times, resume, other);
    }

    /** The same call with other limits. */
    public ToolRequest within(Times other) {
        return new ToolRequest(tool, arguments, meta, other, resume, listener);
    }

    /**
     * Both from the start of the request.
     *
     * @param answer until the server has answered, with the result or with a task
     * @param task until the result of a task is there, where that is what it answered
     */
    public record Times(Duration answer, Duration task) {}

    /** {@code inputResponses} (a JSON object) and the byte-exact {@code requestState}. */
    public record Resume(
            @Nullable JsonSlice inputResponses, @Nullable String requestState) {}
}
