package io.toolstream.mcp;

import org.jspecify.annotations.Nullable;

/**
 * One tool as its server lists it.
 *
 * @param inputSchema a JSON Schema with an object at its root, verbatim
 * @param annotations hints, all nullable because "unspecified" matters
 * @param json the whole entry of the list, verbatim
 */
public record ToolDefinition(
        String name, @Nullable String description, JsonSlice inputSchema, Annotations annotations, JsonSlice json) {
    /** The hints of MCP; claims of the server, not facts. */
    public record Annotations(
            @Nullable Boolean readOnlyHint,
            @Nullable Boolean destructiveHint,
            @Nullable Boolean idempotentHint,
            @Nullable Boolean openWorldHint) {}
}
