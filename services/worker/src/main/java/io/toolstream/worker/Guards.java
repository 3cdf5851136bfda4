package io.toolstream.worker;

import io.toolstream.worker.health.HealthMonitor;
import io.toolstream.worker.invoke.EndpointId;
import io.toolstream.worker.invoke.EndpointReport;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.meter.GuardMeters;
import io.toolstream.worker.meter.ResilienceMeters;
import io.toolstream.worker.resilience.BreakerChange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** The guards of all endpoints that the worker uses. Any thread. Closing ends the probes. */
final class Guards implements AutoCloseable {
    private final HealthMonitor health;
    private final ResilienceMeters meters;
    private final Consumer<BreakerChange> neighbours;
    private final List<Watched> watched = new CopyOnWriteArrayList<>();

    private record Watched(Guard guard, GuardMeters meters) {}

    private Guards(HealthMonitor health, ResilienceMeters meters, Consumer<BreakerChange> neighbours) {
        this.health = health;
        this.meters = meters;
        this.neighbours = neighbours;
    }

    /** @param neighbours told of what breakers do */
    static Guards start(
            ScheduledExecutorService timer,
            Executor callThreads,
            ResilienceMeters meters,
            Consumer<BreakerChange> neighbours) {
        return new Guards(HealthMonitor.start(timer, callThreads), meters, neighbours);
    }

    /** Begins to watch an endpoint. */
    Guard watch(Endpoint endpoint) {
        GuardMeters measured = meters.endpoint(endpoint.server(), endpoint.name());
        Guard guard = new Guard(endpoint, measured, neighbours);
        watched.add(new Watched(guard, measured));
        health.add(guard.monitor());
        return guard;
    }

    /** Watches these endpoints no more: their server is gone. */
    void release(Collection<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            EndpointId id = new EndpointId(endpoint.server(), endpoint.name());
            watched.stream()
                    .filter(one -> one.guard().id().equals(id))
                    .findFirst()
                    .ifPresent(this::release);
        }
    }

    private void release(Watched one) {
        health.remove(one.guard().monitor());
        watched.remove(one);
        one.meters().close();
    }

    /** Whether there is an endpoint that other workers reach, too. */
    boolean areShared() {
        return watched.stream().anyMatch(one -> one.guard().isShared());
    }

    /** Whether any endpoint of this server has a chance to answer a call now; true where it is not known. */
    boolean takesCalls(String server) {
        List<Guard> ofServer = watched.stream()
                .map(Watched::guard)
                .filter(guard -> guard.id().server().equals(server))
                .toList();
        return ofServer.isEmpty() || ofServer.stream().anyMatch(Guard::isFit);
    }

    /** Another worker has trouble with an endpoint, for this reason. */
    void suspect(EndpointId endpoint, String reason) {
        watched.stream()
                .map(Watched::guard)
                .filter(guard -> guard.id().equals(endpoint))
                .forEach(guard -> guard.suspect(reason));
    }

    /** Of this endpoint; empty where it is not watched. */
    Optional<Guard> of(EndpointId endpoint) {
        return watched.stream()
                .map(Watched::guard)
                .filter(guard -> guard.id().equals(endpoint))
                .findFirst();
    }

    /** How all of them are. */
    List<EndpointReport> reports() {
        return watched.stream().map(one -> one.guard().report()).toList();
    }

    @Override
    public void close() {
        health.close();
    }
}
