package io.toolstream.worker.catalogue;

import io.toolstream.mcp.ToolDefinition;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.worker.invoke.Tool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one reading of a server brought.
 *
 * @param definitions of the tools that can be called, by name
 */
record Reading(ServerTools tools, Map<String, ToolDefinition> definitions) {
    static Reading of(CatalogueSource source, List<ToolDefinition> listed, ServerTools before) {
        Map<String, Tool> tools = new HashMap<>();
        Map<String, String> disabled = new HashMap<>();
        Map<String, ToolDefinition> definitions = new HashMap<>();
        for (ToolDefinition definition : listed) {
            String name = definition.name();
            if (!tools.containsKey(name) && !disabled.containsKey(name)) {
                Compiled compiled =
                        ToolCompiler.compile(source, definition, before.tools().get(name));
                if (compiled instanceof Compiled.Usable usable) {
                    tools.put(name, usable.tool());
                    definitions.put(name, definition);
                } else if (compiled instanceof Compiled.Unusable unusable) {
                    disabled.put(name, unusable.why());
                }
            }
        }
        return new Reading(
                new ServerTools(source.name(), new Condition(Health.HEALTHY, null), true, tools, disabled),
                definitions);
    }
}
