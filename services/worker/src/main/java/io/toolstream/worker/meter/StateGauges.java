package io.toolstream.worker.meter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.toolstream.kafka.EngineSnapshot;
import io.toolstream.kafka.PartitionSnapshot;
import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.ToolServer;
import io.toolstream.runtime.meter.Meters;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows the state of engine and connections, asked for when someone scrapes. */
public final class StateGauges {
    private final MeterRegistry registry;

    private StateGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    public static StateGauges of(Meters meters) {
        return new StateGauges(meters.registry());
    }

    public void engine(Supplier<EngineSnapshot> engine) {
        gauge("toolstream.calls.in.flight", "Records taken and not settled", engine, EngineSnapshot::inFlight);
        gauge("toolstream.calls.in.flight.bytes", "Their size", engine, EngineSnapshot::inFlightBytes);
        gauge(
                "toolstream.calls.oldest.age.seconds",
                "Age of the oldest record that is not settled",
                engine,
                snapshot -> snapshot.partitions().stream()
                        .map(PartitionSnapshot::oldestUnfinishedAge)
                        .mapToLong(Duration::toSeconds)
                        .max()
                        .orElse(0));
    }

    public void connections(ToolServer server) {
        connections(server, "in_use", ConnectionStats::inUse);
        connections(server, "idle", ConnectionStats::idle);
        connections(server, "waiting", ConnectionStats::waiting);
    }

    private void connections(ToolServer server, String state, ToDoubleFunction<ConnectionStats> count) {
        Gauge.builder("toolstream.tool.server.connections", server, asked -> count.applyAsDouble(asked.stats()))
                .description("Connections of a tool server, or calls waiting for one")
                .tag("mcp.server", server.name())
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    private <T> void gauge(String name, String description, Supplier<T> source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, asked -> value.applyAsDouble(asked.get()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }
}
