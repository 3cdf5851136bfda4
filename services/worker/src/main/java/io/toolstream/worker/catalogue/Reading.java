package io.toolstream.worker.catalogue;

import io.toolstream.mcp.CatalogueDrift;
import io.toolstream.mcp.ToolCatalogue;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.worker.invoke.Tool;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one reading of a server brought.
 *
 * @param definitions of the tools that can be called, by name
 * @param drift from the reading before; none after the first, or after one that failed
 */
record Reading(ServerTools tools, Map<String, ToolDefinition> definitions, CatalogueDrift drift) {
    private static final CatalogueDrift NONE = new CatalogueDrift(Set.of(), Set.of(), Set.of());

    static Reading of(CatalogueSource source, ToolCatalogue listed, ServerTools before) {
        Map<String, Tool> tools = new HashMap<>();
        Map<String, String> disabled = new HashMap<>();
        Map<String, ToolDefinition> definitions = new HashMap<>();
        for (ToolDefinition definition : listed.tools()) {
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
        listed.dropped().stream()
                .filter(tool -> !tools.containsKey(tool.name()))
                .forEach(tool -> disabled.putIfAbsent(tool.name(), tool.reason()));
        ServerTools now = new ServerTools(source.name(), new Condition(Health.HEALTHY, null), true, tools, disabled);
        return new Reading(now, definitions, before.isKnown() ? now.driftFrom(before) : NONE);
    }

    /** Nothing new but the server's condition. */
    static Reading failed(ServerTools tools) {
        return new Reading(tools, Map.of(), NONE);
    }
}
