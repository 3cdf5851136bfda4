package io.toolstream.mcp.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code x-mcp-header} marks of one tool's input schema.
 *
 * @param problem why the tool must not be offered over HTTP, or null
 */
public record ToolHeaders(
        List<ToolHeader> headers, @Nullable String problem) {
    public static final ToolHeaders NONE = new ToolHeaders(List.of(), null);

    public ToolHeaders {
        headers = List.copyOf(headers);
    }
}
