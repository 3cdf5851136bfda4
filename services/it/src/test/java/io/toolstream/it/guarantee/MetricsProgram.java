package io.toolstream.it.guarantee;

import io.toolstream.metrics.MetricsApp;
import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.TopicSettings;
import io.toolstream.worker.TopicLayout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The metrics app alone. */
final class MetricsProgram {
    private static final Duration SESSION = Duration.ofSeconds(10);

    private MetricsProgram() {}

    /** Arguments: bootstrap servers, topic prefix. */
    public static void main(String[] arguments) throws Exception {
        ToolstreamSettings settings = ToolstreamSettings.defaults()
                .on(
                        new KafkaSettings(arguments[0], "metrics", client()),
                        new TopicSettings(arguments[1], WorkerProgram.PARTITIONS, 1, true, List.of()));
        MetricsApp app = MetricsApp.start(settings, TopicLayout.ofMetrics(settings.topics()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            app.close();
            System.out.println(app.snapshot());
        }));
        app.ready().get(170, TimeUnit.SECONDS);
        System.out.println(Program.READY);
        app.terminated().join();
    }

    /** What a process that was killed leaves behind is in the way of the next one for so long. */
    private static Map<String, String> client() {
        long sessionMillis = WorkerProgram.sessionMillis(SESSION);
        return Map.of(
                "session.timeout.ms", Long.toString(sessionMillis),
                "heartbeat.interval.ms", Long.toString(sessionMillis / 6));
    }
}
