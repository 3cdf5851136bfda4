package io.toolstream.worker;

import io.toolstream.kafka.EngineSnapshot;
import io.toolstream.kafka.PartitionSnapshot;
import io.toolstream.mcp.ConnectionStats;
import io.toolstream.wire.StateReport;
import io.toolstream.worker.invoke.EndpointId;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.resilience.BreakerState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Puts together how the worker is from those who count. Asks no tool server anything. One thread at a time. */
final class StateComposer {
    private static final int COUNTERS = 9;

    private final Worlds worlds;
    private final String worker;
    private final InstantSource clock;
    private final long lifeMillis;
    private final Map<String, GrowingSums> byServer = new HashMap<>();
    private long sequence;

    /**
     * Who knows.
     *
     * @param parked calls that wait on the partitions of this worker, by tool server
     * @param unconnected attempts that found no connection, by endpoint
     */
    record Worlds(
            Supplier<EngineSnapshot> engine,
            Supplier<Map<String, Long>> parked,
            Supplier<Collection<ServerLine>> lines,
            Guards guards,
            ToLongFunction<String> unconnected) {}

    StateComposer(Worlds worlds, String worker, InstantSource clock) {
        this.worlds = worlds;
        this.worker = worker;
        this.clock = clock;
        this.lifeMillis = clock.millis();
    }

    StateReport compose() {
        EngineSnapshot engine = worlds.engine().get();
        Map<String, Long> parked = worlds.parked().get();
        long parkedInAll = parked.values().stream().mapToLong(Long::longValue).sum();
        List<StateReport.OfServer> servers = worlds.lines().get().stream()
                .map(line -> server(line, parked.getOrDefault(line.name(), 0L)))
                .toList();
        return new StateReport(
                worker,
                lifeMillis,
                ++sequence,
                clock.millis(),
                new StateReport.Load(engine.inFlight(), parkedInAll, oldestMillis(engine)),
                servers);
    }

    private static long oldestMillis(EngineSnapshot engine) {
        return engine.partitions().stream()
                .map(PartitionSnapshot::oldestUnfinishedAge)
                .mapToLong(Duration::toMillis)
                .max()
                .orElse(0);
    }

    private StateReport.OfServer server(ServerLine line, long parked) {
        GrowingSums sums = byServer.computeIfAbsent(line.name(), name -> new GrowingSums(COUNTERS));
        line.endpoints().forEach(endpoint -> count(sums, endpoint));
        sums.retain(line.endpoints().stream().map(Endpoint::toolServer).toList());
        return new StateReport.OfServer(
                line.name(),
                new StateReport.Load(line.route().inFlight(), parked, 0),
                new StateReport.Breaker(worst(line).text(), sums.sum(0), sums.sum(1), changes(line)),
                new StateReport.Connections(sums.sum(2), sums.sum(3), sums.sum(4), sums.sum(5), sums.sum(6)),
                new StateReport.Health(sums.sum(7), sums.sum(8)));
    }

    private void count(GrowingSums sums, Endpoint endpoint) {
        Optional<GuardCounts> guard = guard(endpoint).map(Guard::counts);
        ConnectionStats connections = endpoint.toolServer().stats();
        long requests = Math.max(connections.borrow().count(), connections.opened() + connections.reused());
        sums.add(
                endpoint.toolServer(),
                guard.map(GuardCounts::shutMillis).orElse(0L),
                guard.map(GuardCounts::transitions).orElse(0L),
                connections.opened(),
                worlds.unconnected().applyAsLong(endpoint.name()),
                requests,
                connections.reused(),
                connections.establishNanos() / 1_000,
                guard.map(GuardCounts::probes).orElse(0L),
                guard.map(GuardCounts::failures).orElse(0L));
    }

    private List<StateReport.Change> changes(ServerLine line) {
        return line.endpoints().stream()
                .flatMap(endpoint -> guard(endpoint).stream())
                .flatMap(guard -> guard.changes().all().stream())
                .toList();
    }

    private BreakerState worst(ServerLine line) {
        return line.endpoints().stream()
                .flatMap(endpoint -> guard(endpoint).stream())
                .map(guard -> guard.breaker().view().state())
                .max(BreakerState::compareTo)
                .orElse(BreakerState.CLOSED);
    }

    private Optional<Guard> guard(Endpoint endpoint) {
        return worlds.guards().of(new EndpointId(endpoint.server(), endpoint.name()));
    }
}
