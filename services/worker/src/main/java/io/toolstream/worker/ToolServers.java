package io.toolstream.worker;

import io.toolstream.worker.catalogue.Catalogue;
import io.toolstream.worker.invoke.EndpointReport;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.mcp.Route;
import io.toolstream.worker.mcp.Routes;
import io.toolstream.worker.mcp.UnusableServer;
import io.toolstream.worker.meter.ConnectionMeters;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tool servers of a worker, which can be replaced while it runs: one that is set as before keeps its connections and all
 * that was learned about it; one that is set otherwise or not at all gets no more calls, ends those it has, and is closed.
 *
 * <p>Any thread; replacing is guarded by this object's lock. Connections that are left at the end close with the clients.
 */
final class ToolServers {
    private static final Logger log = LoggerFactory.getLogger(ToolServers.class);

    private final McpClients clients;
    private final Catalogue catalogue;
    private final Invokers.Shared shared;
    private final Foundation foundation;
    private final Routes routes = new Routes();
    private final Map<String, List<ConnectionMeters>> shown = new HashMap<>();
    private volatile Map<String, ServerLine> lines = Map.of();

    private ToolServers(McpClients clients, Catalogue catalogue, Invokers.Shared shared, Foundation foundation) {
        this.clients = clients;
        this.catalogue = catalogue;
        this.shared = shared;
        this.foundation = foundation;
    }

    /** Connects nothing yet, but has the catalogue read them. A server that cannot be used leaves the others alone. */
    static ToolServers open(
            Map<String, ServerSetup> setups,
            McpClients clients,
            Catalogue catalogue,
            Invokers.Shared shared,
            Foundation foundation) {
        ToolServers servers = new ToolServers(clients, catalogue, shared, foundation);
        servers.replace(setups, servers.openFresh(setups));
        return servers;
    }

    /**
     * From now on these and no others, or, if there is a problem with one of them, all as before.
     *
     * @return the problems
     */
    synchronized List<String> serve(Map<String, ServerSetup> wanted) {
        Map<String, List<Endpoint>> fresh = openFresh(wanted);
        List<String> problems = fresh.values().stream()
                .flatMap(List::stream)
                .map(Endpoint::toolServer)
                .filter(UnusableServer.class::isInstance)
                .map(UnusableServer.class::cast)
                .map(server -> "server " + server.name() + ": " + server.reason())
                .toList();
        if (problems.isEmpty()) {
            replace(wanted, fresh);
        } else {
            fresh.forEach(this::close);
        }
        return problems;
    }

    /** The endpoints of servers that are new, or set otherwise than before. */
    private Map<String, List<Endpoint>> openFresh(Map<String, ServerSetup> setups) {
        Map<String, List<Endpoint>> fresh = new LinkedHashMap<>();
        setups.forEach((name, setup) -> {
            ServerLine same = lines.get(name);
            if (same == null || !same.setup().equals(setup)) {
                fresh.put(name, clients.open(setup));
            }
        });
        return fresh;
    }

    /** What is shown of a server is told apart by name, so the old one is hidden before the new one is built. */
    private synchronized void replace(Map<String, ServerSetup> setups, Map<String, List<Endpoint>> fresh) {
        List<ServerLine> leaving = lines.values().stream()
                .filter(line -> fresh.containsKey(line.name()) || !setups.containsKey(line.name()))
                .toList();
        leaving.forEach(this::hide);
        Map<String, ServerLine> next = new LinkedHashMap<>();
        setups.forEach((name, setup) -> {
            List<Endpoint> endpoints = fresh.get(name);
            ServerLine same = lines.get(name);
            next.put(name, endpoints != null ? line(setup, endpoints) : Objects.requireNonNull(same));
        });
        lines = next;
        Map<String, Route> table = new HashMap<>();
        next.forEach((name, line) -> table.put(name, line.route()));
        routes.replace(table);
        catalogue.serve(next.values().stream().map(ServerLine::source).toList());
        leaving.forEach(this::retire);
    }

    private ServerLine line(ServerSetup setup, List<Endpoint> endpoints) {
        show(setup.name(), endpoints);
        return ServerLine.of(setup, endpoints, new Route(Invokers.server(endpoints, shared)));
    }

    private void show(String server, List<Endpoint> endpoints) {
        shown.put(
                server,
                endpoints.stream()
                        .map(endpoint -> ConnectionMeters.show(
                                foundation.meters(), server, endpoint.name(), endpoint.toolServer()))
                        .toList());
    }

    private void hide(ServerLine line) {
        shown.getOrDefault(line.name(), List.of()).forEach(ConnectionMeters::close);
        shown.remove(line.name());
        shared.resilience().guards().release(line.endpoints());
        shared.limits().forget(line.endpoints());
        line.endpoints().forEach(endpoint -> shared.meters().forget(endpoint.name()));
    }

    /** Those inside have as long as when the worker stops. */
    private void retire(ServerLine line) {
        long limitMillis = foundation.settings().worker().drainTimeout().toMillis();
        var unused = line.route()
                .retire()
                .orTimeout(Math.max(1, limitMillis), TimeUnit.MILLISECONDS)
                .whenComplete((left, late) -> {
                    if (late != null) {
                        log.warn(
                                "tool server {} is closed with {} calls under way",
                                line.name(),
                                line.route().inFlight());
                    }
                    close(line.name(), line.endpoints());
                });
    }

    private void close(String server, List<Endpoint> endpoints) {
        var unused = CompletableFuture.allOf(endpoints.stream()
                        .map(endpoint -> clients.close(endpoint.toolServer()))
                        .toArray(CompletableFuture[]::new))
                .whenComplete((closed, failure) -> {
                    if (failure != null) {
                        log.warn("tool server {} did not close well: {}", server, failure.getMessage());
                    }
                });
    }

    Routes routes() {
        return routes;
    }

    Collection<ServerLine> lines() {
        return lines.values();
    }

    /** How all endpoints are. */
    List<EndpointReport> reports() {
        return shared.resilience().guards().reports();
    }

    /** How they are now; asks none of them. */
    List<ServerStatus> status() {
        return new StatusReader(this, catalogue, shared).all();
    }

    Map<String, ServerSetup> setups() {
        Map<String, ServerSetup> setups = new LinkedHashMap<>();
        lines.forEach((name, line) -> setups.put(name, line.setup()));
        return setups;
    }
}
