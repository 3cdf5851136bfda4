package io.toolstream.bench.contender;

import io.toolstream.bench.place.Part;
import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.TopicSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.worker.Worker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Far side of the line: a real worker with its default settings, meters and admin endpoint included. */
public final class WorkerPart implements Part {
    private static final Duration START = Duration.ofSeconds(60);
    private static final String URL = "url.";

    private final Worker worker;

    private WorkerPart(Worker worker) {
        this.worker = worker;
    }

    /** Settings: those of the {@link Route}, {@code partitions}, and {@code url.1} and on for the tool servers. */
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
        return ToolstreamSettings.defaults()
                .on(
                        new KafkaSettings(route.bootstrapServers(), "bench-worker", route.clientProperties()),
                        new TopicSettings(route.prefix(), partitions, 1, true, List.of()));
    }

    private static List<ServerEntry> servers(Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(URL))
                .map(setting -> server(setting.getKey().substring(URL.length()), setting.getValue()))
                .toList();
    }

    private static ServerEntry server(String number, String url) {
        return new ServerEntry.Http("stub-" + number, URI.create(url), Map.of());
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
