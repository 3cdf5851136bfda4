package io.toolstream.mcp.json;

import io.toolstream.mcp.ToolDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of {@code tools/list}.
 *
 * @param dropped why entries were left out, each naming the tool
 * @param nextCursor opaque; an empty one is a cursor, null is the end
 */
public record ToolPage(
        List<ToolDefinition> tools,
        List<String> dropped,
        @Nullable String nextCursor) {
    public ToolPage {
        tools = List.copyOf(tools);
        dropped = List.copyOf(dropped);
    }
}
