package io.toolstream.mcp.json;

import io.toolstream.mcp.DroppedTool;
import io.toolstream.mcp.ToolDefinition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of {@code tools/list}.
 *
 * @param dropped entries that were left out
 * @param nextCursor opaque; an empty one is a cursor, null is the end
 * @param timeToLive {@code ttlMs}, null where it is not said
 * @param isShared whether {@code cacheScope} is {@code public}
 */
public record ToolPage(
        List<ToolDefinition> tools,
        List<DroppedTool> dropped,
        @Nullable String nextCursor,
        @Nullable Duration timeToLive,
        boolean isShared) {
    public ToolPage {
        tools = List.copyOf(tools);
        dropped = List.copyOf(dropped);
    }

    /** The same page with other tools. */
    public ToolPage with(List<ToolDefinition> otherTools, List<DroppedTool> otherDropped) {
        return new ToolPage(otherTools, otherDropped, nextCursor, timeToLive, isShared);
    }
}
