package io.toolstream.mcp;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tools of one server, as read once.
 *
 * @param dropped what was listed and is not offered
 * @param timeToLive for how long the server calls the list fresh, the shortest of its pages; null where it does not say
 * @param isShared whether it is the same for everybody; otherwise it belongs to whom the credentials belong to
 * @param isComplete false if the list was cut off: too many tools or pages, or a cursor that came before
 */
public record ToolCatalogue(
        List<ToolDefinition> tools,
        List<DroppedTool> dropped,
        @Nullable Duration timeToLive,
        boolean isShared,
        boolean isComplete) {
    public ToolCatalogue {
        tools = List.copyOf(tools);
        dropped = List.copyOf(dropped);
    }

    /** A list of which nothing else is known. */
    public static ToolCatalogue of(List<ToolDefinition> tools) {
        return new ToolCatalogue(tools, List.of(), null, false, true);
    }
}
