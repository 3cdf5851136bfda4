package io.toolstream.mcp;

import io.toolstream.mcp.json.DefinitionDigest;
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
    /**
     * SHA-256 of the entry in hexadecimal digits, the same for the same meaning: neither white space nor the order of
     * members nor {@code _meta} counts. Computed anew each time.
     */
    public String digest() {
        return DefinitionDigest.of(json);
    }

    /** The hints of MCP; claims of the server, not facts. */
    public record Annotations(
            @Nullable Boolean readOnlyHint,
            @Nullable Boolean destructiveHint,
            @Nullable Boolean idempotentHint,
            @Nullable Boolean openWorldHint) {}
}
