package io.toolstream.worker.reply;

import io.toolstream.worker.invoke.Origin;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import org.jspecify.annotations.Nullable;

/**
 * A call that has ended and is to be answered, kept if it failed, and told of.
 *
 * @param tool the tool it was resolved to, if it came that far
 */
public record Conclusion(
        Origin origin,
        Caller caller,
        Routing routing,
        Outcome outcome,
        @Nullable Tool tool,
        Course course) {
    @Nullable
    String server() {
        return tool == null ? caller.server() : tool.server();
    }

    @Nullable
    String toolName() {
        return tool == null ? caller.tool() : tool.name();
    }

    /** Another outcome in its place, told in as few bytes as can be. */
    Conclusion lean(Outcome other) {
        return new Conclusion(origin, caller.lean(), routing, other, tool, course);
    }
}
