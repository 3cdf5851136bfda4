package io.toolstream.worker;

import io.toolstream.kafka.ConsumerEngine;
import io.toolstream.kafka.ConsumerEngineSettings;
import io.toolstream.kafka.EngineSnapshot;
import io.toolstream.kafka.GroupProtocol;
import io.toolstream.kafka.RangeReader;
import io.toolstream.runtime.Lifecycle;
import io.toolstream.runtime.admin.AdminActions;
import io.toolstream.settings.LimitSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.ReplyCodec;
import io.toolstream.wire.TopicNames;
import io.toolstream.wire.WireLimits;
import io.toolstream.worker.admission.Admission;
import io.toolstream.worker.admission.ArgumentsRule;
import io.toolstream.worker.catalogue.Catalogue;
import io.toolstream.worker.catalogue.CatalogueSnapshot;
import io.toolstream.worker.catalogue.CatalogueWriter;
import io.toolstream.worker.effects.Recollection;
import io.toolstream.worker.invoke.EndpointReport;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.limits.Clockwork;
import io.toolstream.worker.meter.CallMeters;
import io.toolstream.worker.meter.CatalogueMeters;
import io.toolstream.worker.meter.KafkaMeters;
import io.toolstream.worker.meter.StateGauges;
import io.toolstream.worker.reply.Persistence;
import io.toolstream.worker.reply.ReplyRouter;
import io.toolstream.worker.reply.Settlement;
import io.toolstream.worker.resilience.BreakerBoard;
import io.toolstream.worker.trace.CallTraces;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A running worker, and the place where it is put together. Any thread may ask; whoever started it closes it.
 *
 * <p>Parts close in the reverse order of their start, and that order is part of the promises: the consumer engine first,
 * which ends what is in flight and commits; then the producers, <em>before</em> the tool servers, so that what could not be
 * drained and fails with its connection writes no answer: it is not committed, and another worker will answer it.
 */
public final class Worker implements AutoCloseable {
    /** For the parts that close after the engine has drained. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(60);

    /** What is in flight on a partition that is taken away may take so long; nothing else is read meanwhile. */
    private static final Duration REVOKE_DRAIN = Duration.ofSeconds(5);

    /** Tool servers that take longer to start are not waited for. */
    private static final Duration FIRST_READ_LIMIT = Duration.ofSeconds(5);

    private final Foundation foundation;
    private final Catalogue catalogue;
    private final ConsumerEngine engine;
    private final Probes probes;
    private final Reloading reloading;
    private final CompletableFuture<Void> ready;

    private Worker(
            Foundation foundation,
            Catalogue catalogue,
            Reloading reloading,
            ConsumerEngine engine,
            Probes probes,
            CompletableFuture<Void> ready) {
        this.foundation = foundation;
        this.catalogue = catalogue;
        this.engine = engine;
        this.probes = probes;
        this.reloading = reloading;
        this.ready = ready;
    }

    /**
     * Starts a worker. Blocks until its topics are checked, not until it is {@link #ready()}.
     *
     * @throws WorkerException if the brokers cannot be reached, topics are not as needed, or a part cannot start
     */
    public static Worker start(ToolstreamSettings settings, List<ServerEntry> servers) {
        return start(settings, servers, Instruments.of(System.getenv()));
    }

    /** The same, watched with instruments of one's own. */
    public static Worker start(ToolstreamSettings settings, List<ServerEntry> servers, Instruments instruments) {
        Lifecycle lifecycle = new Lifecycle(settings.worker().drainTimeout().plus(CLOSE_GRACE));
        try {
            return assemble(Foundation.lay(settings, instruments, lifecycle), servers);
        } catch (WorkerException e) {
            lifecycle.close();
            throw e;
        } catch (RuntimeException e) {
            lifecycle.close();
            throw new WorkerException("the worker cannot start: " + e.getMessage(), e);
        }
    }

    private static Worker assemble(Foundation foundation, List<ServerEntry> entries) {
        Lifecycle lifecycle = foundation.lifecycle();
        ToolstreamSettings settings = foundation.settings();
        Probes probes = Probes.start(foundation);
        McpClients clients = lifecycle.add("tool servers", new McpClients(settings.limits()), Foundation.POLITE);
        Map<String, ServerSetup> setups = ServerSetup.enabled(settings, entries);
        Publishers publishers = lifecycle.add(
                "publishers",
                new Publishers(foundation.kafka(), foundation.topics(), foundation.meters()),
                Foundation.POLITE.multipliedBy(3));

        // Servers are read while the topics are checked: either may take seconds.
        CompletableFuture<Void> checked = new CompletableFuture<>();
        Catalogue catalogue = lifecycle.add(
                "catalogue", catalogue(foundation, setups.keySet(), publishers, checked), Foundation.QUICK);
        CallMeters meters = CallMeters.of(foundation.meters());
        BreakerBoard board = new BreakerBoard(
                publishers.once(),
                foundation.topics().breakers(),
                settings.worker().id(),
                foundation.clock());
        Resilience resilience = lifecycle.add(
                "probes of tool servers",
                Resilience.start(
                        foundation.threads().timer(),
                        foundation.threads().calls(),
                        foundation.meters(),
                        board::changed),
                Foundation.QUICK);
        Invokers.Shared shared = new Invokers.Shared(
                meters,
                resilience,
                limits(foundation),
                catalogue::refreshSoon,
                foundation.instruments().tracing());
        ToolServers servers = ToolServers.open(setups, clients, catalogue, shared, foundation);
        probes.actions().look("/servers", () -> StatusJson.answer(servers.status()));
        lifecycle.add("views of tool servers", views(foundation, servers, catalogue), Foundation.QUICK);
        try {
            TopicCheck.run(
                    foundation.kafka(),
                    settings.topics(),
                    settings.worker().ledger().retention());
        } finally {
            checked.complete(null);
        }

        lifecycle.add("neighbours", Neighbours.start(foundation, board, resilience.guards()), Foundation.POLITE);
        Peers peers = Peers.start(foundation, publishers, resilience.guards()::takesCalls);
        Caches caches = Caches.start(foundation, publishers, entries);
        Invoker invoker = Invokers.nest(
                servers.routes(),
                new Invokers.Claims(peers.ledger(), settings.topics().partitions()),
                caches::around,
                shared);
        CallHandler handler = handler(foundation, catalogue, publishers, peers, invoker, meters);
        ConsumerEngine engine = lifecycle.add(
                "consumer engine",
                ConsumerEngine.start(
                        foundation.kafka(), engineSettings(settings.worker(), foundation.topics()), handler),
                settings.worker().drainTimeout().plus(Foundation.POLITE));
        peers.watch(engine, catalogue);
        if (foundation.instruments().writesEvents()) {
            lifecycle.add("reports", reports(foundation, engine, peers, servers, publishers, shared), Foundation.QUICK);
        }
        StateGauges gauges = StateGauges.of(foundation.meters());
        gauges.engine(engine::snapshot);
        gauges.counts(foundation.topics().calls(), engine, ConsumerEngine::snapshot);
        KafkaMeters.show(foundation.meters(), engine.figures());

        CompletableFuture<Void> warm = publishers.warmUp();
        CompletableFuture<Void> read =
                catalogue.firstRead().completeOnTimeout(null, FIRST_READ_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> ready = CompletableFuture.allOf(engine.assigned(), warm, read, caches.warm());
        probes.watch(engine, warm, ready);
        var unused = ready.thenRun(() -> caches.warmUp(catalogue.snapshot()));
        Reloading reloading = new Reloading(servers, caches::servers, settings);
        return new Worker(foundation, catalogue, reloading, engine, probes, ready);
    }

    private static Limits limits(Foundation foundation) {
        Foundation.WorkerThreads threads = foundation.threads();
        Clockwork time = Clockwork.system(foundation.clock(), threads.timer(), threads.calls());
        return Limits.of(foundation.settings().worker(), foundation.meters(), time);
    }

    private static Catalogue catalogue(
            Foundation foundation, Set<String> servers, Publishers publishers, CompletableFuture<Void> topicsChecked) {
        String topic = foundation.topics().catalogue();
        CatalogueWriter writer = CatalogueWriter.start(
                publishers.once(),
                topic,
                records -> {
                    topicsChecked.join();
                    RangeReader.readAll(foundation.kafka(), topic, records);
                },
                servers,
                foundation.clock());
        return Catalogue.start(writer, CatalogueMeters.of(foundation.meters()), new Random());
    }

    private static StateReports reports(
            Foundation foundation,
            ConsumerEngine engine,
            Peers peers,
            ToolServers servers,
            Publishers publishers,
            Invokers.Shared shared) {
        StateComposer composer = new StateComposer(
                new StateComposer.Worlds(
                        engine::snapshot,
                        peers.parking()::waitingByServer,
                        servers::lines,
                        shared.resilience().guards(),
                        endpoint -> shared.meters().roundTrips(endpoint).unconnectedCount()),
                foundation.settings().worker().id(),
                foundation.clock());
        StateReports reports = new StateReports(
                composer::compose, publishers.once(), foundation.topics().events());
        return reports.start(foundation.threads().timer(), foundation.threads().calls());
    }

    private static StatusBoard views(Foundation foundation, ToolServers servers, Catalogue catalogue) {
        String worker = foundation.settings().worker().id();
        StatusBoard board = new StatusBoard(
                servers::status, catalogue::publish, () -> catalogue.retractViews(worker), worker, foundation.clock());
        return board.start(foundation.threads().timer(), foundation.threads().calls());
    }

    private static CallHandler handler(
            Foundation foundation,
            Catalogue catalogue,
            Publishers publishers,
            Peers peers,
            Invoker invoker,
            CallMeters meters) {
        ToolstreamSettings settings = foundation.settings();
        WireLimits limits = limits(settings.limits());
        Persistence callers = Persistence.withCallersTopics(
                foundation.threads().timer(), foundation.threads().calls());
        Persistence ours = Persistence.withOwnTopics(
                foundation.threads().timer(), foundation.threads().calls());
        Settlement.Outlets outlets =
                new Settlement.Outlets(publishers.toCallers(callers), publishers.toOurs(ours), publishers.partitions());

        ReplyRouter router =
                new ReplyRouter(foundation.topics(), settings.topics().replyTopics(), publishers.partitions(), callers);
        Admission admission = new Admission(
                catalogue::snapshot,
                catalogue::refresh,
                List.of(new ArgumentsRule()),
                foundation.threads().calls(),
                foundation.clock());
        Settlement settlement = Settlement.of(
                outlets, new ReplyCodec(limits), foundation.topics(), settings.worker(), foundation.clock());
        if (!foundation.instruments().writesEvents()) {
            settlement = settlement.withoutEvents();
        }
        return new CallHandler(
                new CallDecoder(limits)::decode,
                new Stations(
                        MemberSlots.of(settings.worker().maxInFlight()),
                        peers.mover(),
                        peers.cancellations(),
                        router,
                        admission,
                        new Recollection(
                                peers.ledger(),
                                settings.topics().partitions(),
                                foundation.threads().calls(),
                                foundation.clock()),
                        invoker,
                        peers.parking(),
                        settlement,
                        new CallTraces(
                                foundation.instruments().tracing(),
                                settings.worker().group()),
                        meters),
                foundation.threads().calls(),
                foundation.clock());
    }

    private static ConsumerEngineSettings engineSettings(WorkerSettings worker, TopicNames topics) {
        return new ConsumerEngineSettings(
                worker.group(),
                List.of(topics.calls()),
                worker.maxInFlight(),
                worker.maxInFlightBytes(),
                worker.maxUnsettled(),
                worker.commitInterval(),
                worker.drainTimeout(),
                REVOKE_DRAIN,
                GroupProtocol.valueOf(worker.groupProtocol().name()));
    }

    private static WireLimits limits(LimitSettings limits) {
        return new WireLimits(
                limits.callBytes(),
                limits.resultBytes(),
                limits.depth(),
                limits.numberChars(),
                limits.headerCount(),
                limits.headerBytes(),
                limits.defaultDeadline(),
                limits.maxDeadline());
    }

    /** Completes when partitions are assigned and every tool server's tools were read or given up waiting for. */
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /**
     * Completes when other processes find on the catalogue topic what this worker has read until now; later than {@link #ready}
     * where the brokers are slow, and never after {@code close}.
     */
    public CompletableFuture<Void> published() {
        return catalogue.published();
    }

    /** Completes when the worker takes no more calls: normally after {@code close}, exceptionally after a failure. */
    public CompletableFuture<Void> terminated() {
        return engine.terminated();
    }

    /** Where probes and metrics are, if they are enabled. */
    public Optional<InetSocketAddress> adminAddress() {
        return probes.address();
    }

    /** What it is working on. */
    public EngineSnapshot calls() {
        return engine.snapshot();
    }

    /** What tools it knows, and how their servers are. */
    public CatalogueSnapshot tools() {
        return catalogue.snapshot();
    }

    /** How the tool servers are: health, breaker, connections, round trip. Asks none of them; in the operator's order. */
    public List<ServerStatus> servers() {
        return reloading.servers().status();
    }

    /**
     * Replaces settings and tool servers while the worker runs, all or nothing: servers that are set as before keep their
     * connections and what was learned about them, others are opened, and what is no longer wanted ends its calls, within
     * the drain time, and closes. What the worker itself is built from (Kafka, topics, limits and the like) cannot change.
     * Any thread; several take their turns. Does not wait for servers.
     */
    public ReloadResult reload(ToolstreamSettings settings, List<ServerEntry> servers) {
        return reloading.reload(settings, servers);
    }

    /** From now on {@code POST /reload} of the admin endpoint does this, which reads settings anew and {@link #reload}s. */
    public void onReloadRequest(Supplier<ReloadResult> action) {
        probes.actions().act("/reload", () -> ReloadJson.answer(action.get()));
    }

    /** What its admin endpoint does beside probes: for those who share the process and have none of their own. */
    public AdminActions adminActions() {
        return probes.actions();
    }

    /** How the endpoints of its tool servers are. */
    public List<EndpointReport> endpoints() {
        return reloading.servers().reports();
    }

    /** Stops taking calls, ends those in flight within {@code drain}, commits, and ends everything else. True if drained. */
    public boolean close(Duration drain) {
        foundation.health().draining();
        boolean drained = engine.close(drain);
        foundation.lifecycle().close();
        return drained;
    }

    /** Closes within the settings' drain time. */
    @Override
    public void close() {
        close(foundation.settings().worker().drainTimeout());
    }
}
