package io.toolstream.worker;

import io.toolstream.runtime.Threads;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.runtime.tracing.Tracing;
import io.toolstream.settings.LimitSettings;
import io.toolstream.settings.McpSettings;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.invoke.EndpointReport;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import io.toolstream.worker.limits.Clockwork;
import io.toolstream.worker.meter.CallMeters;
import io.toolstream.worker.resilience.BreakerChange;
import io.toolstream.worker.resilience.BreakerState;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** What stands in a worker around real tool servers, in real time and without Kafka. Any thread. */
final class RealInvokers implements AutoCloseable {
    private final ScheduledExecutorService timer = Threads.timer();
    private final ExecutorService callThreads = Threads.callPool(2);
    private final Meters meters = new Meters();
    private final McpClients clients = new McpClients(LimitSettings.DEFAULT);
    private final List<BreakerChange> changes = new CopyOnWriteArrayList<>();
    private final Resilience resilience = Resilience.start(timer, callThreads, meters, changes::add);
    private final Invokers.Shared shared = new Invokers.Shared(
            CallMeters.of(meters),
            resilience,
            Limits.of(WorkerSettings.DEFAULT, meters, Clockwork.system(InstantSource.system(), timer, callThreads)),
            server -> {},
            Tracing.OFF);

    /** Of the calls of one server, reached as these settings want it. */
    Invoker open(ServerEntry entry, McpSettings settings) {
        ServerSetup setup = new ServerSetup(entry, settings, ServerPolicy.DEFAULT, true);
        return Invokers.server(clients.open(setup), shared);
    }

    /** Calls the tool, on a thread of the caller's. */
    static CompletableFuture<Outcome> call(Invoker invoker, Tool tool) {
        String value = "{\"server\":\"" + tool.server() + "\",\"tool\":\"" + tool.name()
                + "\",\"arguments\":{\"text\":\"hi\"}}";
        return invoker.invoke(new Invocation(Records.callOfNow(value), tool, Records.origin()))
                .handle(Outcome::of);
    }

    /** How the first endpoint of this server is. */
    EndpointReport report(String server) {
        return resilience.guards().reports().stream()
                .filter(report -> report.endpoint().server().equals(server))
                .findFirst()
                .orElseThrow();
    }

    /** Breakers that opened so far. */
    long opened() {
        return changes.stream()
                .filter(change -> change.to() == BreakerState.OPEN)
                .count();
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    ExecutorService callThreads() {
        return callThreads;
    }

    @Override
    public void close() {
        resilience.close();
        clients.close();
        timer.shutdownNow();
        callThreads.shutdownNow();
    }
}
