package io.toolstream.embedded;

import io.toolstream.embedded.broker.BrokerSettings;
import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.TopicSettings;
import io.toolstream.settings.servers.ServerEntry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What runs in one JVM.
 *
 * @param settings of the worker; where Kafka is and how often records are replicated is decided here, whatever they say
 * @param servers the tool servers; with none, the demo's own is started
 * @param dataDirectory kept and reused when given: Kafka's topics and offsets are in its {@code broker} folder; otherwise
 *     everything is gone on close
 * @param port the wanted port of the broker on 127.0.0.1; another is taken when it is busy; 0 for any
 * @param hasRedis whether a Redis is started beside it, where the settings name none
 * @param hasMetrics whether the metrics app runs too, unless the settings say otherwise
 */
public record AllInOneSettings(
        ToolstreamSettings settings,
        List<ServerEntry> servers,
        @Nullable Path dataDirectory,
        int port,
        boolean hasRedis,
        boolean hasMetrics) {
    /** Without a Redis and without metrics. */
    public AllInOneSettings(
            ToolstreamSettings settings, List<ServerEntry> servers, @Nullable Path dataDirectory, int port) {
        this(settings, servers, dataDirectory, port, false, false);
    }

    public AllInOneSettings {
        servers = List.copyOf(servers);
    }

    public static AllInOneSettings of(ToolstreamSettings settings) {
        return new AllInOneSettings(settings, List.of(), null, 0);
    }

    AllInOneSettings with(ToolstreamSettings others) {
        return new AllInOneSettings(others, servers, dataDirectory, port, hasRedis, hasMetrics);
    }

    public AllInOneSettings withServers(List<ServerEntry> others) {
        return new AllInOneSettings(settings, others, dataDirectory, port, hasRedis, hasMetrics);
    }

    public AllInOneSettings withDataDirectory(Path other) {
        return new AllInOneSettings(settings, servers, other, port, hasRedis, hasMetrics);
    }

    public AllInOneSettings withPort(int other) {
        return new AllInOneSettings(settings, servers, dataDirectory, other, hasRedis, hasMetrics);
    }

    /** With a Redis beside it, if there is any for this machine. */
    public AllInOneSettings withRedis() {
        return new AllInOneSettings(settings, servers, dataDirectory, port, true, hasMetrics);
    }

    /** With the metrics app, a moment after the rest is ready. */
    public AllInOneSettings withMetrics() {
        return new AllInOneSettings(settings, servers, dataDirectory, port, hasRedis, true);
    }

    boolean needsMetrics() {
        return hasMetrics && settings.metrics().enabled();
    }

    /** Whether one is to be started: somebody wants it, can use it, and has none. */
    boolean needsRedis() {
        return hasRedis && settings.cache().enabled() && settings.redis().url() == null;
    }

    BrokerSettings broker() {
        BrokerSettings broker =
                dataDirectory == null ? BrokerSettings.temporary() : BrokerSettings.at(dataDirectory.resolve("broker"));
        return broker.withPort(port);
    }

    /** The settings for a worker on the one broker there is. */
    ToolstreamSettings on(String bootstrapServers) {
        // A worker that was killed leaves its partitions to nobody for the whole session: 45 s by Kafka's default.
        Map<String, String> client = new HashMap<>(settings.kafka().client());
        client.putIfAbsent("session.timeout.ms", "10000");
        TopicSettings topics = settings.topics();
        return settings.on(
                new KafkaSettings(bootstrapServers, settings.kafka().clientId(), client),
                new TopicSettings(topics.prefix(), topics.partitions(), 1, true, topics.replyTopics()));
    }
}
