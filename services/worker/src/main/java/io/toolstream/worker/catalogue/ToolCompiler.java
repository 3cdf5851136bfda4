package io.toolstream.worker.catalogue;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.settings.schema.ArgumentsSchema;
import io.toolstream.worker.invoke.Tool;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes tools of definitions. Compiling a schema is slow, so a definition that has not changed keeps its tool; it happens on
 * the catalogue's thread and never when a call is waiting for a known tool.
 */
final class ToolCompiler {
    private ToolCompiler() {}

    static Compiled compile(CatalogueSource source, ToolDefinition definition, @Nullable Tool before) {
        String digest = definition.digest();
        try {
            ArgumentsSchema schema = before != null && before.digest().equals(digest)
                    ? before.arguments()
                    : ArgumentsSchema.compile(bytes(definition.inputSchema()));
            Tool tool = new Tool(
                    source.name(),
                    definition.name(),
                    source.effects().apply(definition),
                    digest,
                    schema,
                    source.policies().apply(definition.name()));
            return new Compiled.Usable(before != null && before.equals(tool) ? before : tool);
        } catch (RuntimeException | StackOverflowError e) {
            return new Compiled.Unusable("its input schema cannot be used: " + e.getMessage());
        }
    }

    private static byte[] bytes(JsonSlice json) {
        return Arrays.copyOfRange(json.array(), json.offset(), json.offset() + json.length());
    }
}
