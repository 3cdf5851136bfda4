package io.toolstream.it.interop;

import static org.awaitility.Awaitility.await;

import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.wire.TopicNames;
import io.toolstream.worker.Worker;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker on topics of its own, ready for calls. */
public final class Line implements AutoCloseable {
    private final TopicNames topics;
    private final Worker worker;

    private Line(TopicNames topics, Worker worker) {
        this.topics = topics;
        this.worker = worker;
    }

    /** Blocks until the worker is ready and knows what tools there are. Replies may go to every topic whose name begins with the prefix and "team-". */
    public static Line start(String bootstrapServers, String prefix, List<ServerEntry> servers) throws Exception {
        var settings = SettingsLoader.load(SettingsSources.of(
                        "kafka.bootstrapServers=" + bootstrapServers,
                        "topics.prefix=" + prefix,
                        "topics.partitions=4",
                        "topics.replyTopics=" + prefix + "team-*",
                        "worker.group=" + prefix + "workers"))
                .settings();
        Worker worker = Worker.start(settings, servers);
        worker.ready().get(60, TimeUnit.SECONDS);
        // A worker is ready without servers that are slow to start.
        await().until(() -> servers.stream()
                .allMatch(server ->
                        worker.tools().server(server.name()).orElseThrow().isKnown()));
        return new Line(new TopicNames(prefix), worker);
    }

    public TopicNames topics() {
        return topics;
    }

    @Override
    public void close() {
        worker.close();
    }
}
