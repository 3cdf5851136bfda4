package io.toolstream.bench.contender;

import io.toolstream.bench.place.Part;
import io.toolstream.settings.Effect;
import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.TopicSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.worker.Worker;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Far side of the line: a real worker with its default settings, meters and admin endpoint included. */
public final class WorkerPart implements Part {
    private static final Duration START = Duration.ofSeconds(60);
    private static final String URL = "url.";

    /** The setting that says whether there are tool servers whose tool runs once. */
    public static final String HAS_ONCE = "hasOnce";

    /** What the names of tool servers begin with; a number follows. */
    static final String READS = "stub-";

    static final String RUNS_ONCE = "once-";

    private final Worker worker;

    private WorkerPart(Worker worker) {
        this.worker = worker;
    }

    /** Settings: those of the {@link Route}, {@code partitions}, and {@code url.1} and on for the tool servers, {@link #HAS_ONCE}. */
    public static WorkerPart start(Map<String, String> settings) throws InterruptedException {
        Worker worker = Worker.start(toolstream(settings), servers(settings));
        try {
            worker.ready().get(START.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            worker.close();
            throw new IllegalStateException("the worker is not ready", e);
        }
        return new WorkerPart(worker);
    }

    private static ToolstreamSettings toolstream(Map<String, String> settings) {
        Route route = Route.of(settings);
        int partitions = Integer.parseInt(Route.setting(settings, "partitions"));
        Map<String, ServerPolicy> policies = once(settings).stream()
                .collect(Collectors.toMap(
                        ServerEntry::name, server -> new ServerPolicy(true, true, null, Map.of("echo", Effect.ONCE))));
        return ToolstreamSettings.defaults()
                .on(
                        new KafkaSettings(route.bootstrapServers(), "bench-worker", route.clientProperties()),
                        new TopicSettings(route.prefix(), partitions, 1, true, List.of()))
                .withServers(policies);
    }

    private static List<ServerEntry> servers(Map<String, String> settings) {
        List<ServerEntry> all = new ArrayList<>(servers(settings, READS));
        all.addAll(once(settings));
        return all;
    }

    /** The same tool servers under other names, if they are wanted. */
    private static List<ServerEntry> once(Map<String, String> settings) {
        return Boolean.parseBoolean(settings.get(HAS_ONCE)) ? servers(settings, RUNS_ONCE) : List.of();
    }

    private static List<ServerEntry> servers(Map<String, String> settings, String prefix) {
        return settings.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(URL))
                .map(setting -> server(prefix + setting.getKey().substring(URL.length()), setting.getValue()))
                .toList();
    }

    private static ServerEntry server(String name, String url) {
        return new ServerEntry.Http(name, URI.create(url), Map.of());
    }

    @Override
    public Map<String, String> facts() {
        return Map.of();
    }

    @Override
    public void close() {
        worker.close();
    }
}
