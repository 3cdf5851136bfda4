package io.toolstream.worker;

import io.toolstream.wire.CatalogueEntry.AtWorker;
import io.toolstream.wire.EndpointState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Publishes on the catalogue topic how this worker finds its tool servers: what has changed at once, a server at most once a
 * second, and every one every 30 s, so that others see that the worker is there. Numbers alone are no change. Looks around on
 * {@code call-n}; guarded by {@code this}: what was said. Closing takes it back.
 */
final class StatusBoard implements AutoCloseable {
    static final Duration LOOK = Duration.ofSeconds(1);
    static final Duration RENEWAL = Duration.ofSeconds(30);

    private final Supplier<List<ServerStatus>> statuses;
    private final Consumer<AtWorker> publish;
    private final Runnable retract;
    private final String worker;
    private final InstantSource clock;
    private final Map<String, Said> said = new HashMap<>();
    private Future<?> looking = new CompletableFuture<>();
    private boolean isClosed;

    private record Said(String facts, long atMillis) {}

    /** @param retract takes back all that was published */
    StatusBoard(
            Supplier<List<ServerStatus>> statuses,
            Consumer<AtWorker> publish,
            Runnable retract,
            String worker,
            InstantSource clock) {
        this.statuses = statuses;
        this.publish = publish;
        this.retract = retract;
        this.worker = worker;
        this.clock = clock;
    }

    StatusBoard start(ScheduledExecutorService timer, Executor callThreads) {
        Runnable hop = () -> {
            try {
                callThreads.execute(this::look);
            } catch (RejectedExecutionException closing) {
                looking.cancel(false);
            }
        };
        looking = timer.scheduleWithFixedDelay(hop, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    synchronized void look() {
        if (isClosed) {
            return;
        }
        List<ServerStatus> all = statuses.get();
        all.forEach(this::sayIfNew);
        said.keySet().retainAll(all.stream().map(ServerStatus::name).toList());
    }

    private void sayIfNew(ServerStatus status) {
        String facts = facts(status);
        long nowMillis = clock.millis();
        Said last = said.get(status.name());
        if (last == null || !last.facts().equals(facts) || nowMillis - last.atMillis() >= RENEWAL.toMillis()) {
            said.put(status.name(), new Said(facts, nowMillis));
            publish.accept(status.view(worker, nowMillis));
        }
    }

    private static String facts(ServerStatus status) {
        return status.endpoints().stream().map(StatusBoard::facts).collect(Collectors.joining("\n"));
    }

    private static String facts(EndpointState endpoint) {
        return String.join(
                "|",
                endpoint.name(),
                endpoint.health().state(),
                String.valueOf(endpoint.health().cause()),
                endpoint.breaker().state(),
                String.valueOf(endpoint.breaker().cause()),
                String.valueOf(endpoint.protocolVersion()));
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        looking.cancel(false);
        retract.run();
    }
}
