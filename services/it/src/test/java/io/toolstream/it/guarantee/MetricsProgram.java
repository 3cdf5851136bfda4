package io.toolstream.it.guarantee;

import io.toolstream.metrics.MetricsApp;
import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.TopicSettings;
import io.toolstream.worker.TopicLayout;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The metrics app alone. */
final class MetricsProgram {
    private MetricsProgram() {}

    /** Arguments: bootstrap servers, topic prefix. */
    public static void main(String[] arguments) throws Exception {
        ToolstreamSettings settings = ToolstreamSettings.defaults()
                .on(
                        new KafkaSettings(arguments[0], "metrics", Map.of()),
                        new TopicSettings(arguments[1], WorkerProgram.PARTITIONS, 1, true, List.of()));
        MetricsApp app = MetricsApp.start(settings, TopicLayout.ofMetrics(settings.topics()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            app.close();
            System.out.println(app.snapshot());
        }));
        app.ready().get(60, TimeUnit.SECONDS);
        System.out.println(Program.READY);
        app.terminated().join();
    }
}
