package io.toolstream.worker;

import io.toolstream.runtime.meter.Meters;
import io.toolstream.worker.catalogue.CatalogueSource;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.mcp.Route;
import io.toolstream.worker.mcp.Routes;
import io.toolstream.worker.meter.EndpointMeters;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tool servers of a worker, seen by those who call them and by the one who reads their lists. */
final class ToolServers {
    private final McpClients clients;
    private final Invokers.Shared shared;
    private final Meters meters;
    private final Routes routes = new Routes();
    private final Map<String, ServerLine> lines = new LinkedHashMap<>();

    private ToolServers(McpClients clients, Invokers.Shared shared, Meters meters) {
        this.clients = clients;
        this.shared = shared;
        this.meters = meters;
    }

    /** Connects nothing yet. */
    static ToolServers open(Collection<ServerSetup> setups, McpClients clients, Invokers.Shared shared, Meters meters) {
        ToolServers servers = new ToolServers(clients, shared, meters);
        setups.forEach(setup -> servers.lines.put(setup.name(), servers.line(setup)));
        Map<String, Route> routes = new LinkedHashMap<>();
        servers.lines.values().forEach(line -> routes.put(line.name(), line.route()));
        servers.routes.replace(routes);
        return servers;
    }

    private ServerLine line(ServerSetup setup) {
        List<Endpoint> endpoints = clients.open(setup);
        List<EndpointMeters> shown = endpoints.stream()
                .map(endpoint -> EndpointMeters.show(meters, endpoint.server(), endpoint.name(), endpoint.toolServer()))
                .toList();
        return ServerLine.of(setup, endpoints, new Route(Invokers.server(endpoints, shared)), shown);
    }

    Routes routes() {
        return routes;
    }

    List<CatalogueSource> sources() {
        return lines.values().stream().map(ServerLine::source).toList();
    }
}
