package io.toolstream.worker.invoke;

import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;

/**
 * What an invocation brought back: the tool server answered.
 *
 * @param status {@code OK}, {@code TOOL_ERROR} or {@code INPUT_REQUIRED}
 * @param result the MCP result as the bytes it came in
 * @param attempts how often a tool server was asked (0: the answer was known already)
 */
public record Answer(Status status, RawJson result, int attempts) {
    public Answer {
        if (status != Status.OK && status != Status.TOOL_ERROR && status != Status.INPUT_REQUIRED) {
            throw new IllegalArgumentException(status + " is no answer of a tool server");
        }
    }
}
