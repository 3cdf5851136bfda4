package io.toolstream.it.guarantee;

import io.toolstream.settings.AdminSettings;
import io.toolstream.settings.Effect;
import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.TopicSettings;
import io.toolstream.settings.WorkerSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.worker.Worker;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A worker that is soon found to be missing: its session ends after the shortest time that brokers allow. */
final class WorkerProgram {
    static final int PARTITIONS = 8;
    static final int MOST_IN_FLIGHT = 100;

    /** Per partition; so few that it is reached when a backlog is worked off. */
    static final int MOST_UNSETTLED = 20;

    static final Duration SESSION = Duration.ofSeconds(6);

    private static final String SESSION_MILLIS = "toolstream.session";

    private static final ServerPolicy POLICY = new ServerPolicy(
            true, null, null, Map.of("get", Effect.READ, "put", Effect.IDEMPOTENT, "pay", Effect.ONCE));

    private WorkerProgram() {}

    /** An option of a program's JVM: that it is missed after this time instead. */
    static String sessionOption(Duration session) {
        return "-D" + SESSION_MILLIS + "=" + session.toMillis();
    }

    /** After which this process is missed, in milliseconds. */
    static long sessionMillis(Duration usual) {
        return Long.getLong(SESSION_MILLIS, usual.toMillis());
    }

    /**
     * Arguments: bootstrap servers, topic prefix, group, id of the worker, tool servers ({@code name=url}, with commas between
     * them), and perhaps the name of a member of the group that keeps its partitions when it comes back.
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, URI> servers = servers(arguments[4]);
        Worker worker = Worker.start(settings(List.of(arguments), servers.keySet()), entries(servers));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("drained: " + worker.close(Duration.ofSeconds(20)));
        }));
        worker.ready().get(170, TimeUnit.SECONDS);
        System.out.println(Program.READY);
        worker.terminated().join();
    }

    private static Map<String, URI> servers(String text) {
        return Arrays.stream(text.split(","))
                .map(server -> server.split("=", 2))
                .collect(Collectors.toMap(server -> server[0], server -> URI.create(server[1])));
    }

    private static List<ServerEntry> entries(Map<String, URI> servers) {
        return servers.entrySet().stream()
                .<ServerEntry>map(server -> new ServerEntry.Http(server.getKey(), server.getValue(), Map.of()))
                .toList();
    }

    private static ToolstreamSettings settings(List<String> arguments, Set<String> servers) {
        String id = arguments.get(3);
        long sessionMillis = sessionMillis(SESSION);
        Map<String, String> kafka = new HashMap<>(Map.of(
                "session.timeout.ms",
                Long.toString(sessionMillis),
                "heartbeat.interval.ms",
                Long.toString(sessionMillis / 6)));
        if (arguments.size() > 5) {
            kafka.put("group.instance.id", arguments.get(5));
        }
        ToolstreamSettings defaults = ToolstreamSettings.defaults();
        WorkerSettings worker = defaults.worker();
        return new ToolstreamSettings(
                defaults.profile(),
                new KafkaSettings(arguments.get(0), "worker-" + id, kafka),
                new TopicSettings(arguments.get(1), PARTITIONS, 1, true, List.of()),
                new WorkerSettings(
                        arguments.get(2),
                        id,
                        MOST_IN_FLIGHT,
                        worker.maxInFlightBytes(),
                        MOST_UNSETTLED,
                        worker.maxConcurrent(),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(20),
                        worker.groupProtocol(),
                        worker.ledger(),
                        worker.parking()),
                defaults.client(),
                defaults.mcp(),
                defaults.remoteMcp(),
                defaults.limits(),
                new AdminSettings(false, "127.0.0.1", 0),
                defaults.log(),
                servers.stream().collect(Collectors.toMap(server -> server, server -> POLICY)));
    }
}
