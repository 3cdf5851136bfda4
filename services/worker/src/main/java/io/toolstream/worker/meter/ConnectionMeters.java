package io.toolstream.worker.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.toolstream.mcp.AnomalyCounts;
import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.Latencies;
import io.toolstream.mcp.ToolServer;
import io.toolstream.runtime.meter.Meters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Shows the connections of one endpoint and what came from it unasked, asked for when someone scrapes. Closing it takes the
 * meters away: the endpoint is not served any more.
 */
public final class ConnectionMeters implements AutoCloseable {
    private final MeterRegistry registry;
    private final ToolServer toolServer;
    private final Tags tags;
    private final List<Meter> all = new ArrayList<>();

    private ConnectionMeters(MeterRegistry registry, ToolServer toolServer, Tags tags) {
        this.registry = registry;
        this.toolServer = toolServer;
        this.tags = tags;
    }

    /** @param endpoint the server's own name where it has but one */
    public static ConnectionMeters show(Meters meters, String server, String endpoint, ToolServer toolServer) {
        ConnectionMeters shown = new ConnectionMeters(
                meters.registry(), toolServer, Tags.of("mcp.server", server, "endpoint", endpoint));
        shown.connections();
        shown.sessions();
        shown.anomalies();
        return shown;
    }

    private void connections() {
        connections("in_use", ConnectionStats::inUse);
        connections("idle", ConnectionStats::idle);
        connections("waiting", ConnectionStats::waiting);
        requests("opened", stats -> stats.opened());
        requests("reused", stats -> stats.reused());
        time(
                "toolstream.tool.server.connect",
                "How long connections took to be established",
                ConnectionStats::establish);
        time("toolstream.tool.server.borrow", "How long requests waited for a connection", ConnectionStats::borrow);
        all.add(Gauge.builder(
                        "toolstream.tool.server.memory",
                        toolServer,
                        asked -> asked.stats().residentBytes())
                .description("Memory of a server's children and what they started; 0 where there are none")
                .baseUnit("bytes")
                .tags(tags)
                .register(registry));
    }

    private void sessions() {
        all.add(FunctionTimer.builder(
                        "mcp.client.session.duration",
                        toolServer,
                        asked -> asked.sessions().count(),
                        asked -> asked.sessions().totalNanos(),
                        TimeUnit.NANOSECONDS)
                .description("How long sessions with a tool server lasted, those that are over")
                .tags(tags)
                .register(registry));
    }

    private void connections(String state, ToDoubleFunction<ConnectionStats> count) {
        all.add(Gauge.builder(
                        "toolstream.tool.server.connections", toolServer, asked -> count.applyAsDouble(asked.stats()))
                .description("Connections of a tool server, or calls waiting for one")
                .tags(tags)
                .tag("state", state)
                .register(registry));
    }

    private void requests(String how, ToDoubleFunction<ConnectionStats> count) {
        all.add(FunctionCounter.builder(
                        "toolstream.tool.server.requests", toolServer, asked -> count.applyAsDouble(asked.stats()))
                .description("Connections opened, and requests that went over one used before")
                .tags(tags)
                .tag("connection", how)
                .register(registry));
    }

    private void time(String name, String description, Function<ConnectionStats, Latencies> times) {
        all.add(FunctionTimer.builder(
                        name,
                        toolServer,
                        asked -> times.apply(asked.stats()).count(),
                        asked -> times.apply(asked.stats()).totalNanos(),
                        TimeUnit.NANOSECONDS)
                .description(description)
                .tags(tags)
                .register(registry));
        all.add(Gauge.builder(
                        name + ".max.seconds",
                        toolServer,
                        asked -> times.apply(asked.stats()).maxNanos() / 1e9)
                .description(description + ": the longest since the start")
                .tags(tags)
                .register(registry));
    }

    private void anomalies() {
        anomaly("stray-answer", AnomalyCounts::strayAnswers);
        anomaly("unreadable", AnomalyCounts::unreadable);
        anomaly("stray-notice", AnomalyCounts::strayNotices);
        anomaly("server-request", AnomalyCounts::serverRequests);
        anomaly("dropped-tool", AnomalyCounts::droppedTools);
    }

    private void anomaly(String kind, ToLongFunction<AnomalyCounts> count) {
        all.add(FunctionCounter.builder(
                        "toolstream.tool.server.anomalies", toolServer, asked -> count.applyAsLong(asked.anomalies()))
                .description("What came from a tool server unasked, or not as it should")
                .tags(tags)
                .tag("kind", kind)
                .register(registry));
    }

    @Override
    public void close() {
        all.forEach(registry::remove);
    }
}
