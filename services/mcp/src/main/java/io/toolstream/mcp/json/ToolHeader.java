package io.toolstream.mcp.json;

import java.util.List;

/**
 * An argument that HTTP says in a field of its own, {@code Mcp-Param-<name>} ({@code x-mcp-header}, SEP-2243).
 *
 * @param path of property names from the root of the arguments
 */
public record ToolHeader(String name, List<String> path) {
    public ToolHeader {
        path = List.copyOf(path);
    }
}
