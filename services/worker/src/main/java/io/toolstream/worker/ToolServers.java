package io.toolstream.worker;

import io.toolstream.mcp.ToolServer;
import io.toolstream.settings.McpSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.wire.CatalogueEntry.Transport;
import io.toolstream.worker.catalogue.CatalogueSource;
import io.toolstream.worker.catalogue.ReadTimes;
import io.toolstream.worker.effects.EffectDecision;
import io.toolstream.worker.mcp.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tool servers of a worker, seen by those who call them and by the one who reads their lists.
 *
 * @param endpoints by the name of their server
 */
record ToolServers(Map<String, Endpoint> endpoints, List<CatalogueSource> sources) {
    /** Those that the operator has not switched off. */
    static ToolServers open(ToolstreamSettings settings, List<ServerEntry> entries, McpClients clients) {
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        List<CatalogueSource> sources = new ArrayList<>();
        for (ServerEntry entry : entries) {
            if (settings.policy(entry.name()).enabled()) {
                ToolServer server = clients.open(entry);
                McpSettings mcp = settings.mcpFor(entry);
                boolean isChild = entry instanceof ServerEntry.Stdio;
                endpoints.put(entry.name(), new Endpoint(server, mcp.timeouts().attempt(), isChild));
                sources.add(new CatalogueSource(
                        server,
                        isChild ? Transport.STDIO : Transport.HTTP,
                        new EffectDecision(settings.policy(entry.name()), settings.trusts(entry)),
                        new ReadTimes(
                                mcp.catalogueRefresh(),
                                mcp.health().suspectInterval(),
                                mcp.timeouts().connect())));
            }
        }
        return new ToolServers(endpoints, sources);
    }
}
