package io.toolstream.embedded;

import io.toolstream.embedded.broker.EmbeddedBroker;
import io.toolstream.embedded.demo.DemoToolServer;
import io.toolstream.embedded.redis.EmbeddedRedis;
import io.toolstream.runtime.Threads;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.worker.ReloadResult;
import io.toolstream.worker.Worker;
import io.toolstream.worker.WorkerException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole pipeline in this JVM: a broker, the demo's tool server where no others were named, a Redis beside it where one is
 * wanted, and a worker. Prints nothing.
 * Any thread may call; starting and closing block.
 */
public final class AllInOne implements AutoCloseable {
    /** The name under which the demo's tools are called. */
    public static final String DEMO_SERVER = "demo";

    private static final Logger log = LoggerFactory.getLogger(AllInOne.class);
    private static final int WORKER_STARTS = 3;
    private static final Duration PUBLISHED_LIMIT = Duration.ofSeconds(10);

    private final EmbeddedBroker broker;
    private final @Nullable DemoToolServer demo;
    private final @Nullable EmbeddedRedis redis;
    private final Worker worker;
    private final @Nullable MetricsBeside metrics;
    private final AllInOneSettings settings;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private AllInOne(
            EmbeddedBroker broker,
            @Nullable DemoToolServer demo,
            @Nullable EmbeddedRedis redis,
            Worker worker,
            @Nullable MetricsBeside metrics,
            AllInOneSettings settings) {
        this.broker = broker;
        this.demo = demo;
        this.redis = redis;
        this.worker = worker;
        this.metrics = metrics;
        this.settings = settings;
    }

    /**
     * Starts everything. Blocks until the broker is up and the worker's topics are there, not until it is {@link #ready()}.
     * A start that fails leaves nothing behind.
     *
     * @throws io.toolstream.embedded.broker.BrokerException if the broker does not start
     * @throws io.toolstream.worker.WorkerException if the worker does not start
     */
    public static AllInOne start(AllInOneSettings settings) {
        EmbeddedBroker broker = EmbeddedBroker.bind(settings.broker());
        DemoToolServer demo = null;
        EmbeddedRedis redis = settings.needsRedis() ? EmbeddedRedis.begin(System.getenv("PATH")) : null;
        try {
            demo = settings.servers().isEmpty() ? DemoToolServer.start() : null;
            ToolstreamSettings own = own(settings, broker, redis);
            Worker worker = startTogether(broker, own, servers(settings, demo));
            MetricsBeside metrics = settings.needsMetrics() ? MetricsBeside.begin(own, worker) : null;
            return new AllInOne(broker, demo, redis, worker, metrics, settings);
        } catch (RuntimeException e) {
            if (demo != null) {
                demo.close();
            }
            if (redis != null) {
                redis.close();
            }
            broker.close();
            throw e;
        }
    }

    /** What the worker is told: what was asked for, on the broker and the Redis that are here. */
    private static ToolstreamSettings own(
            AllInOneSettings settings, EmbeddedBroker broker, @Nullable EmbeddedRedis redis) {
        ToolstreamSettings named = settings.on(broker.bootstrapServers());
        return redis == null ? named : named.withRedis(redis.settings(named.redis()));
    }

    private static List<ServerEntry> servers(AllInOneSettings settings, @Nullable DemoToolServer demo) {
        return demo == null || !settings.servers().isEmpty()
                ? settings.servers()
                : List.of(new ServerEntry.Http(DEMO_SERVER, demo.url(), Map.of()));
    }

    /**
     * Starts the broker and the worker at the same time: what both cost is loading classes, and the worker's first request
     * waits in the broker's socket until it is up.
     */
    private static Worker startTogether(EmbeddedBroker broker, ToolstreamSettings settings, List<ServerEntry> servers) {
        ExecutorService starters = Executors.newFixedThreadPool(2, Threads.daemons("start"));
        try {
            CompletableFuture<Void> brokerUp = CompletableFuture.runAsync(broker::run, starters);
            CompletableFuture<Worker> workerUp =
                    CompletableFuture.supplyAsync(() -> startWorker(settings, servers, brokerUp), starters);
            return whenBothAreUp(brokerUp, workerUp);
        } finally {
            starters.shutdownNow();
        }
    }

    /**
     * On a slow or busy machine the worker may lose patience, while the broker comes up or with the topics it makes: then it
     * begins again. What cannot be helped fails as quickly the next time.
     */
    private static Worker startWorker(
            ToolstreamSettings settings, List<ServerEntry> servers, CompletableFuture<Void> brokerUp) {
        for (int left = WORKER_STARTS - 1; left > 0; left--) {
            try {
                return Worker.start(settings, servers);
            } catch (WorkerException e) {
                log.debug("The worker did not start; it is tried again", e);
                brokerUp.join();
            }
        }
        return Worker.start(settings, servers);
    }

    /** A broker that fails is not waited for by looking for it: then the worker's start ends as soon as it can. */
    private static Worker whenBothAreUp(CompletableFuture<Void> brokerUp, CompletableFuture<Worker> workerUp) {
        CompletableFuture<Worker> started = brokerUp.thenCombine(workerUp, (up, worker) -> worker);
        var unused = brokerUp.exceptionally(failure -> {
            started.completeExceptionally(failure);
            return null;
        });
        try {
            return started.join();
        } catch (CompletionException e) {
            // Also one that comes up when nobody waits for it any more.
            unused = workerUp.thenAccept(Worker::close);
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    public Addresses addresses() {
        return new Addresses(
                broker.bootstrapServers(), worker.adminAddress().orElse(null), demo == null ? null : demo.url());
    }

    /**
     * Completes when calls are taken and every tool server's tools were read or given up waiting for, and other processes
     * find them. A broker that has just begun may be late with that: it is waited for some seconds.
     */
    public CompletableFuture<Void> ready() {
        return worker.ready()
                .thenCompose(ready ->
                        worker.published().completeOnTimeout(null, PUBLISHED_LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    /** Completes when calls are counted, where that is wanted: some seconds after the rest is ready. */
    public CompletableFuture<Void> counting() {
        return metrics == null ? CompletableFuture.completedFuture(null) : metrics.ready();
    }

    /** Completes when it was closed; exceptionally when the broker or the worker cannot go on. */
    public CompletableFuture<Void> terminated() {
        CompletableFuture<Void> terminated = new CompletableFuture<>();
        copy(broker.terminated(), terminated);
        copy(worker.terminated(), terminated);
        return terminated;
    }

    private static void copy(CompletableFuture<Void> from, CompletableFuture<Void> to) {
        var unused = from.whenComplete((done, failure) -> {
            if (failure == null) {
                to.complete(null);
            } else {
                to.completeExceptionally(failure);
            }
        });
    }

    /**
     * From now on these settings and tool servers, all or nothing; where there are none and there were none at the start, the
     * demo's. What was built from settings at the start stays.
     */
    public ReloadResult reload(ToolstreamSettings wanted, List<ServerEntry> others) {
        AllInOneSettings next = settings.with(wanted).withServers(others);
        return worker.reload(own(next, broker, redis), servers(next, demo));
    }

    /** The running worker, for what it shows of itself. */
    public Worker worker() {
        return worker;
    }

    /** Ends what is in flight within {@code drain}, then everything else, the last started first. True if drained. */
    public boolean close(Duration drain) {
        if (!isClosed.compareAndSet(false, true)) {
            return true;
        }
        boolean isDrained = worker.close(drain);
        if (metrics != null) {
            metrics.close();
        }
        if (demo != null) {
            demo.close();
        }
        if (redis != null) {
            redis.close();
        }
        broker.close();
        return isDrained;
    }

    /** Closes within the settings' drain time. */
    @Override
    public void close() {
        close(settings.settings().worker().drainTimeout());
    }
}
