package io.toolstream.worker;

import io.toolstream.settings.McpSettings;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is set for one tool server, as it holds. Where two are equal, nothing has to be done to get from one to the
 * other.
 */
record ServerSetup(ServerEntry entry, McpSettings mcp, ServerPolicy policy, boolean isTrusted) {
    static ServerSetup of(ToolstreamSettings settings, ServerEntry entry) {
        return new ServerSetup(entry, settings.mcpFor(entry), settings.policy(entry), settings.trusts(entry));
    }

    /** Those that the operator has not switched off, by name, in the order of the file. */
    static Map<String, ServerSetup> enabled(ToolstreamSettings settings, List<ServerEntry> entries) {
        Map<String, ServerSetup> setups = new LinkedHashMap<>();
        entries.stream()
                .map(entry -> of(settings, entry))
                .filter(setup -> setup.policy().enabled())
                .forEach(setup -> setups.put(setup.name(), setup));
        return setups;
    }

    String name() {
        return entry.name();
    }
}
