package io.toolstream.metrics;

import io.toolstream.client.metrics.MetricsFollower;
import io.toolstream.client.metrics.MetricsTable;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.TopicAdmin;
import io.toolstream.kafka.TopicProblem;
import io.toolstream.kafka.TopicSpec;
import io.toolstream.metrics.stream.MetricsTopology;
import io.toolstream.metrics.stream.StreamSettings;
import io.toolstream.runtime.Lifecycle;
import io.toolstream.runtime.admin.AdminActions;
import io.toolstream.runtime.admin.AdminServer;
import io.toolstream.runtime.admin.Health;
import io.toolstream.runtime.admin.HealthChecks;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.settings.AdminSettings;
import io.toolstream.settings.MetricsSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.wire.TopicNames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics app, running, and the place where it is put together. Any thread may ask; starting and closing block; whoever
 * started it closes it. Several may run beside each other and share the work.
 */
public final class MetricsApp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetricsApp.class);
    private static final Duration TOTAL = Duration.ofSeconds(40);
    private static final Duration POLITE = Duration.ofSeconds(15);
    private static final Duration QUICK = Duration.ofSeconds(2);

    /** What queries can look back at, at most, and in bytes of records. */
    private static final Duration REACH = Duration.ofHours(24);

    private static final long TABLE_BYTES = 64L << 20;

    private final Lifecycle lifecycle;
    private final HealthChecks health;
    private final StreamsRun run;
    private final Counted counted;
    private final Optional<InetSocketAddress> admin;

    private MetricsApp(
            Lifecycle lifecycle,
            HealthChecks health,
            StreamsRun run,
            Counted counted,
            Optional<InetSocketAddress> admin) {
        this.lifecycle = lifecycle;
        this.health = health;
        this.run = run;
        this.counted = counted;
        this.admin = admin;
    }

    /**
     * Starts the app as a process of its own, with an admin endpoint. Blocks until its topics are checked, not until it is
     * {@link #ready()}.
     *
     * @param topics events and metrics, as they are needed
     * @throws MetricsException if the brokers cannot be reached, topics are missing, or a part cannot start
     */
    public static MetricsApp start(ToolstreamSettings settings, List<TopicSpec> topics) {
        return guarded(lifecycle -> {
            HealthChecks health = new HealthChecks();
            AdminActions actions = new AdminActions();
            Meters meters = lifecycle.add("meters", new Meters(), QUICK);
            meters.ready(health::isReady);
            Optional<InetSocketAddress> address = admin(settings.admin(), lifecycle, health, meters, actions);
            MetricsApp app = assemble(settings, topics, lifecycle, new Surroundings(health, actions, address));
            StreamMeters.register(meters, app.counted, app.run, StreamsProperties.clientId(settings.kafka()));
            return app;
        });
    }

    /** The same in a process that has an admin endpoint, which answers for the app too. */
    public static MetricsApp startBeside(ToolstreamSettings settings, List<TopicSpec> topics, AdminActions actions) {
        return guarded(lifecycle ->
                assemble(settings, topics, lifecycle, new Surroundings(new HealthChecks(), actions, Optional.empty())));
    }

    private record Surroundings(HealthChecks health, AdminActions actions, Optional<InetSocketAddress> address) {}

    private interface Assembly {
        MetricsApp assemble(Lifecycle lifecycle);
    }

    private static MetricsApp guarded(Assembly assembly) {
        Lifecycle lifecycle = new Lifecycle(TOTAL);
        try {
            return assembly.assemble(lifecycle);
        } catch (MetricsException e) {
            lifecycle.close();
            throw e;
        } catch (RuntimeException e) {
            lifecycle.close();
            throw new MetricsException("the metrics app cannot start: " + e.getMessage(), e);
        }
    }

    private static MetricsApp assemble(
            ToolstreamSettings settings, List<TopicSpec> topics, Lifecycle lifecycle, Surroundings surroundings) {
        KafkaConnection kafka = new KafkaConnection(
                settings.kafka().bootstrapServers(),
                settings.kafka().clientId(),
                settings.kafka().client());
        TopicNames names = new TopicNames(settings.topics().prefix());
        check(kafka, topics, settings.topics().create());
        MetricsTable table = new MetricsTable(TABLE_BYTES);
        lifecycle.add("follower", MetricsFollower.start(kafka.as("metrics"), names, REACH, table), POLITE);
        Counted counted = new Counted();
        StreamsRun run = lifecycle.add(
                "streams",
                StreamsRun.start(MetricsTopology.of(names, stream(settings), counted), StreamsProperties.of(settings)),
                POLITE);
        new WindowQueries(table).addTo(surroundings.actions());
        watch(run, surroundings.health());
        return new MetricsApp(lifecycle, surroundings.health(), run, counted, surroundings.address());
    }

    private static StreamSettings stream(ToolstreamSettings settings) {
        MetricsSettings metrics = settings.metrics();
        return new StreamSettings(
                settings.topics().eventPartitions(), metrics.grace(), metrics.retention(), metrics.toolsPerServer());
    }

    private static void check(KafkaConnection kafka, List<TopicSpec> topics, boolean create) {
        try (TopicAdmin admin = new TopicAdmin(kafka)) {
            List<TopicProblem> problems = admin.ensure(topics, create);
            List<TopicProblem> fatal = problems.stream()
                    .filter(problem ->
                            problem.kind() == TopicProblem.Kind.MISSING || problem.kind() == TopicProblem.Kind.REFUSED)
                    .toList();
            if (!fatal.isEmpty()) {
                throw new MetricsException(
                        fatal.stream().map(TopicProblem::message).collect(Collectors.joining("\n")));
            }
            problems.forEach(problem -> log.warn("{}", problem.message()));
        }
    }

    private static Optional<InetSocketAddress> admin(
            AdminSettings settings, Lifecycle lifecycle, HealthChecks health, Meters meters, AdminActions actions) {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        try {
            AdminServer server = AdminServer.start(settings, health, meters::scrape, actions);
            return Optional.of(lifecycle.add("admin endpoint", server, QUICK).address());
        } catch (IOException e) {
            throw new MetricsException(
                    "the admin endpoint cannot listen on " + settings.host() + ":" + settings.port() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static void watch(StreamsRun run, HealthChecks health) {
        health.ready(
                "streams",
                () -> run.state() == KafkaStreams.State.RUNNING
                        ? Health.up()
                        : Health.down(run.state().name().toLowerCase(Locale.ROOT)));
        health.live("streams", () -> run.state() == KafkaStreams.State.ERROR ? Health.down("ended") : Health.up());
        var unusedStart = run.ready().thenRun(health::started);
        var unusedEnd = run.terminated().exceptionally(failure -> {
            log.error("nothing is counted any more", failure);
            return null;
        });
    }

    /** Completes when it counts. */
    public CompletableFuture<Void> ready() {
        return run.ready();
    }

    /** Completes when it counts no more: normally after {@code close}, exceptionally after a failure. */
    public CompletableFuture<Void> terminated() {
        return run.terminated();
    }

    /** Where probes and queries are, if it has an endpoint of its own. */
    public Optional<InetSocketAddress> adminAddress() {
        return admin;
    }

    /** What it has done since its start. */
    public MetricsSnapshot snapshot() {
        return counted.snapshot();
    }

    @Override
    public void close() {
        health.draining();
        lifecycle.close();
    }
}
