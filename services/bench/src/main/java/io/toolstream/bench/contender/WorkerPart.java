package io.toolstream.bench.contender;

import io.toolstream.bench.place.Part;
import io.toolstream.bench.stub.LineStub;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.runtime.tracing.Tracing;
import io.toolstream.settings.Effect;
import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.RetrySettings;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.settings.ToolSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.TopicSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.worker.Instruments;
import io.toolstream.worker.Worker;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Far side of the line: a real worker with its default settings, meters and admin endpoint included. */
public final class WorkerPart implements Part {
    private static final Duration START = Duration.ofSeconds(60);
    private static final String URL = "url.";

    /** What the names of the worker's own settings begin with. */
    public static final String SET = "set.";

    /** The setting that says whether there are tool servers whose tool runs once. */
    public static final String HAS_ONCE = "hasOnce";

    /** The setting that says how many of the tool servers are children of the worker instead, the last ones. */
    public static final String CHILDREN = "children";

    /** The setting that says that answers of the tool servers' tool may be kept. */
    public static final String KEEPS = "keeps";

    /** The setting that says whether it measures nothing. */
    public static final String IS_UNMETERED = "isUnmetered";

    /** The setting that says whether it writes no events. */
    public static final String IS_EVENTLESS = "isEventless";

    /** What the names of tool servers begin with; a number follows. */
    static final String READS = "stub-";

    static final String RUNS_ONCE = "once-";

    private final Worker worker;

    private WorkerPart(Worker worker) {
        this.worker = worker;
    }

    /**
     * Settings: those of the {@link Route}, {@code partitions}, {@code url.1} and on for the tool servers, {@link
     * #HAS_ONCE}, {@link #CHILDREN}, {@link #KEEPS}, and {@code set.mcp.pool.max} and the like for settings of the worker that are not the default.
     */
    public static WorkerPart start(Map<String, String> settings) throws InterruptedException {
        Worker worker = Worker.start(toolstream(settings), servers(settings), instruments(settings));
        try {
            worker.ready().get(START.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            worker.close();
            throw new IllegalStateException("the worker is not ready", e);
        }
        return new WorkerPart(worker);
    }

    private static Instruments instruments(Map<String, String> settings) {
        boolean measures = !Boolean.parseBoolean(settings.get(IS_UNMETERED));
        boolean tells = !Boolean.parseBoolean(settings.get(IS_EVENTLESS));
        return new Instruments(measures ? new Meters() : Meters.off(), Tracing.OFF, tells);
    }

    private static ToolstreamSettings toolstream(Map<String, String> settings) {
        Route route = Route.of(settings);
        int partitions = Integer.parseInt(Route.setting(settings, "partitions"));
        Map<String, ServerPolicy> policies = new HashMap<>();
        once(settings)
                .forEach(server ->
                        policies.put(server.name(), new ServerPolicy(true, true, null, Map.of("echo", Effect.ONCE))));
        if (Boolean.parseBoolean(settings.get(KEEPS))) {
            servers(settings, READS).forEach(server -> policies.put(server.name(), keeping()));
        }
        return SettingsLoader.load(SettingsSources.of(overrides(settings)))
                .settings()
                .on(
                        new KafkaSettings(route.bootstrapServers(), "bench-worker", route.clientProperties()),
                        new TopicSettings(route.prefix(), partitions, 1, true, List.of()))
                .withServers(policies);
    }

    private static ServerPolicy keeping() {
        ToolSettings echo = new ToolSettings(Effect.READ, null, RetrySettings.DEFAULT, ToolCacheSettings.ON, List.of());
        return new ServerPolicy(true, true, null, Map.of(), null, Map.of("echo", echo));
    }

    private static String[] overrides(Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(SET))
                .map(setting -> setting.getKey().substring(SET.length()) + "=" + setting.getValue())
                .toArray(String[]::new);
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
        List<Integer> numbers = settings.keySet().stream()
                .filter(key -> key.startsWith(URL))
                .map(key -> Integer.valueOf(key.substring(URL.length())))
                .toList();
        int overHttp = numbers.size() - Integer.parseInt(settings.getOrDefault(CHILDREN, "0"));
        return numbers.stream()
                .map(number -> number <= overHttp
                        ? server(prefix + number, Route.setting(settings, URL + number))
                        : child(prefix + number))
                .toList();
    }

    private static ServerEntry child(String name) {
        return new ServerEntry.Stdio(name, LineStub.command(), Map.of(), null);
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
