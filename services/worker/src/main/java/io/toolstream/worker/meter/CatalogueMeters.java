package io.toolstream.worker.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.toolstream.mcp.CatalogueDrift;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.worker.catalogue.CatalogueObserver;
import io.toolstream.worker.catalogue.ServerTools;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** Counts tools, and how often they become others than they were. */
public final class CatalogueMeters implements CatalogueObserver {
    private final MeterRegistry registry;
    private final Map<String, ServerTools> current = new ConcurrentHashMap<>();
    private final Map<String, List<Meter>> shown = new ConcurrentHashMap<>();

    private CatalogueMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    public static CatalogueMeters of(Meters meters) {
        return new CatalogueMeters(meters.registry());
    }

    @Override
    public void read(ServerTools tools) {
        String server = tools.name();
        current.put(server, tools);
        shown.computeIfAbsent(
                server,
                name -> List.of(
                        gauge(name, "usable", known -> known.tools().size()),
                        gauge(name, "disabled", known -> known.disabled().size()),
                        up(name)));
    }

    private Meter gauge(String server, String state, ToDoubleFunction<ServerTools> count) {
        return Gauge.builder("toolstream.tool.server.tools", current, all -> value(all, server, count))
                .description("Tools that a server lists")
                .tag("mcp.server", server)
                .tag("state", state)
                .register(registry);
    }

    private Meter up(String server) {
        return Gauge.builder("toolstream.tool.server.up", current, all -> value(all, server, CatalogueMeters::isUp))
                .description("Whether a server's list of tools could be read the last time: 1, or 0")
                .tag("mcp.server", server)
                .register(registry);
    }

    private static double isUp(ServerTools tools) {
        return tools.condition().health() == Health.HEALTHY ? 1 : 0;
    }

    private static double value(Map<String, ServerTools> all, String server, ToDoubleFunction<ServerTools> of) {
        ServerTools tools = all.get(server);
        return tools == null ? Double.NaN : of.applyAsDouble(tools);
    }

    @Override
    public void drifted(String server, CatalogueDrift drift) {
        count(server, "added", drift.added());
        count(server, "removed", drift.removed());
        count(server, "changed", drift.changed());
    }

    private void count(String server, String change, Set<String> tools) {
        Counter.builder("toolstream.tool.server.drift")
                .description("Tools that a server has added, removed or changed since it was first read")
                .tag("mcp.server", server)
                .tag("change", change)
                .register(registry)
                .increment(tools.size());
    }

    @Override
    public void forgotten(String server) {
        current.remove(server);
        shown.getOrDefault(server, List.of()).forEach(registry::remove);
        shown.remove(server);
    }
}
