package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.TestCluster;
import io.toolstream.settings.AdminSettings;
import io.toolstream.settings.Effect;
import io.toolstream.settings.HealthSettings;
import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.McpSettings;
import io.toolstream.settings.McpTimeouts;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.TopicSettings;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.EndpointState;
import io.toolstream.wire.TopicNames;
import io.toolstream.worker.Worker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Topics under a prefix of their own, a group of their own, and how workers on them are set up. */
record Pipeline(TestCluster cluster, TopicNames topics, String group) {
    static final int PARTITIONS = 4;

    static Pipeline fresh(TestCluster cluster) {
        String name = TestCluster.fresh("pipeline");
        return new Pipeline(cluster, new TopicNames(name + "."), name + "-workers");
    }

    /** Starts a worker and waits until it is ready. */
    Worker worker(String id, ServerEntry... servers) throws Exception {
        return worker(settings(id, 500), servers);
    }

    Worker worker(ToolstreamSettings settings, ServerEntry... servers) throws Exception {
        Worker worker = Worker.start(settings, List.of(servers));
        worker.ready().get(60, TimeUnit.SECONDS);
        return worker;
    }

    /** Waits until the worker, whose only tool server has gone, knows that all its connections there have. */
    static void awaitDisconnected(Worker worker) {
        await().untilAsserted(() -> {
            EndpointState.Connections left =
                    worker.servers().get(0).endpoints().get(0).connections();
            assertThat(left.idle() + left.inUse()).as("connections").isZero();
        });
    }

    ToolstreamSettings settings(String id, int maxInFlight) {
        return settings(id, maxInFlight, mcp(Duration.ofSeconds(1)));
    }

    /** For a worker that does not find out by itself what has changed at its tool servers. */
    ToolstreamSettings readingRarely(String id) {
        return settings(id, 500, mcp(Duration.ofMinutes(5)));
    }

    private ToolstreamSettings settings(String id, int maxInFlight, McpSettings mcp) {
        ToolstreamSettings defaults = ToolstreamSettings.defaults();
        WorkerSettings worker = defaults.worker();
        return new ToolstreamSettings(
                defaults.profile(),
                new KafkaSettings(cluster.connection().bootstrapServers(), "worker-" + id, Map.of()),
                new TopicSettings(topics.prefix(), PARTITIONS, 1, true, List.of(topics.prefix() + "team-*")),
                new WorkerSettings(
                        group,
                        id,
                        maxInFlight,
                        worker.maxInFlightBytes(),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(10),
                        worker.groupProtocol()),
                defaults.client(),
                mcp,
                mcp,
                defaults.limits(),
                new AdminSettings(true, "127.0.0.1", 0),
                defaults.log(),
                Map.of("tools", new ServerPolicy(true, null, null, Map.of("fail", Effect.READ))));
    }

    /** Quick to notice that a server is back. */
    private static McpSettings mcp(Duration catalogueRefresh) {
        McpSettings defaults = McpSettings.DEFAULT;
        return new McpSettings(
                new McpTimeouts(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20)),
                defaults.pool(),
                new HealthSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(200)),
                defaults.stdio(),
                catalogueRefresh);
    }

    static ServerEntry http(String name, ScriptedToolServer server) {
        return http(name, server.url());
    }

    static ServerEntry http(String name, URI url) {
        return new ServerEntry.Http(name, url, Map.of());
    }
}
