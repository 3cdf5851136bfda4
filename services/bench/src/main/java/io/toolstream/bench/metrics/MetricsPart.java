package io.toolstream.bench.metrics;

import io.toolstream.bench.place.Part;
import io.toolstream.metrics.MetricsApp;
import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.TopicSettings;
import io.toolstream.worker.TopicLayout;
import java.util.List;
import java.util.Map;

/** The metrics app as a part; it counts once it is started. Settings: {@code bootstrapServers}, {@code prefix}. */
final class MetricsPart implements Part {
    private final MetricsApp app;

    private MetricsPart(MetricsApp app) {
        this.app = app;
    }

    static MetricsPart start(Map<String, String> settings) {
        ToolstreamSettings bench = toolstream(settings);
        MetricsApp app = MetricsApp.start(bench, TopicLayout.ofMetrics(bench.topics()));
        app.ready().join();
        return new MetricsPart(app);
    }

    /** What app and events agree on. */
    static ToolstreamSettings toolstream(Map<String, String> settings) {
        int partitions = TopicSettings.DEFAULT.partitions();
        return ToolstreamSettings.defaults()
                .on(
                        new KafkaSettings(settings.getOrDefault("bootstrapServers", ""), "bench", Map.of()),
                        new TopicSettings(settings.getOrDefault("prefix", ""), partitions, 1, true, List.of()));
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("counted", Long.toString(app.snapshot().counted()));
    }

    @Override
    public void close() {
        app.close();
    }
}
