package io.toolstream.worker;

import io.toolstream.mcp.ConnectionStats;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.EndpointState;
import io.toolstream.worker.catalogue.Catalogue;
import io.toolstream.worker.catalogue.ServerTools;
import io.toolstream.worker.invoke.EndpointReport;
import io.toolstream.worker.mcp.Endpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together how tool servers are from those who know a part of it. Any thread; asks no server anything. */
final class StatusReader {
    private static final EndpointState.Condition UNWATCHED = new EndpointState.Condition("unknown", null, 0, null);

    private final ToolServers servers;
    private final Catalogue catalogue;
    private final Invokers.Shared shared;

    StatusReader(ToolServers servers, Catalogue catalogue, Invokers.Shared shared) {
        this.servers = servers;
        this.catalogue = catalogue;
        this.shared = shared;
    }

    List<ServerStatus> all() {
        Map<String, EndpointReport> reports = new HashMap<>();
        servers.reports().forEach(report -> reports.put(report.endpoint().endpoint(), report));
        return servers.lines().stream().map(line -> status(line, reports)).toList();
    }

    private ServerStatus status(ServerLine line, Map<String, EndpointReport> reports) {
        Optional<ServerTools> known = catalogue.snapshot().server(line.name());
        return new ServerStatus(
                line.name(),
                line.source().transport(),
                known.map(ServerTools::condition).orElse(new Condition(Health.UNKNOWN, null)),
                known.map(tools -> tools.tools().size()).orElse(0),
                line.route().inFlight(),
                line.endpoints().stream()
                        .map(endpoint -> state(endpoint, reports.get(endpoint.name())))
                        .toList());
    }

    private EndpointState state(Endpoint endpoint, @Nullable EndpointReport report) {
        ConnectionStats stats = endpoint.toolServer().stats();
        return new EndpointState(
                endpoint.name(),
                report == null ? UNWATCHED : condition(report.health()),
                report == null ? UNWATCHED : condition(report.breaker()),
                new EndpointState.Connections(
                        stats.inUse(), stats.idle(), stats.waiting(), stats.opened(), stats.reused()),
                shared.meters()
                        .roundTrips(endpoint.name())
                        .median()
                        .map(time -> time.toNanos() / 1_000)
                        .orElse(null),
                endpoint.toolServer().protocolVersion());
    }

    private EndpointState.Condition condition(EndpointReport.Condition reported) {
        long nowMillis = shared.clock().millis();
        Duration untilNext = reported.untilNext();
        return new EndpointState.Condition(
                reported.state(),
                reported.cause().isEmpty() ? null : reported.cause(),
                nowMillis - reported.age().toMillis(),
                untilNext == null ? null : nowMillis + untilNext.toMillis());
    }
}
