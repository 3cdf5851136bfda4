package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.client.metrics.FollowedWindow;
import io.toolstream.client.metrics.MetricsFollower;
import io.toolstream.client.metrics.MetricsTable;
import io.toolstream.it.interop.Promtool;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.metrics.MetricsApp;
import io.toolstream.settings.MetricsSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.ScriptedTool;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.CallFigures;
import io.toolstream.wire.CallFigures.Count;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.Status;
import io.toolstream.wire.WindowLength;
import io.toolstream.wire.WindowMetrics;
import io.toolstream.worker.TopicLayout;
import io.toolstream.worker.Worker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** From calls to the metrics topic and its queries, with a broker. With processes that die: {@code MetricsAgreeTest}. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class MetricsStreamTest {
    private static final int CALLS = 200;

    private final Pipeline pipeline;
    private final MetricsTable table = new MetricsTable(16 << 20);

    MetricsStreamTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @Test
    void calls_areCountedAndCanBeAskedFor() throws Exception {
        // Given
        try (ScriptedToolServer tools = ScriptedToolServer.start()) {
            tools.add(ScriptedTool.of("echo", "{\"type\":\"object\"}", (arguments, cancelled) -> Answer.text("e")));
            ToolstreamSettings settings = settings();
            try (Worker worker = pipeline.worker("metered", Pipeline.http("tools", tools));
                    MetricsApp app = MetricsApp.start(settings, TopicLayout.ofMetrics(settings.topics()));
                    MetricsFollower follower = MetricsFollower.start(
                            pipeline.cluster().connection(), pipeline.topics(), Duration.ofMinutes(1), table);
                    Caller caller = new Caller(pipeline)) {
                app.ready().get(60, TimeUnit.SECONDS);

                // When
                caller.sendMany(IntStream.range(0, CALLS)
                        .mapToObj(number -> "{\"id\":\"m-" + number + "\",\"server\":\"tools\",\"tool\":\""
                                + (number % 10 == 0 ? "no-such" : "echo") + "\"}")
                        .toList());
                await().atMost(Duration.ofSeconds(60)).until(() -> caller.replyCount() == CALLS);

                // Then
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    for (MetricsScope.Kind kind : MetricsScope.Kind.values()) {
                        assertThat(sum(kind).calls()).isEqualTo(CALLS);
                    }
                });
                CallFigures total = sum(MetricsScope.Kind.TOTAL);
                assertThat(total.of(Status.OK)).isEqualTo(CALLS * 9 / 10);
                assertThat(total.codes()).containsEntry("unknown-tool", (long) CALLS / 10);
                await().untilAsserted(() -> assertThat(total.of(Count.DEAD_LETTERS))
                        .isEqualTo(caller.deadLetters().size()));
                assertThat(total.of(Count.REPLIED)).isEqualTo(CALLS);
                assertThat(sum(MetricsScope.Kind.TOOL).execute().count()).isEqualTo(CALLS);

                String asked = get(app, "/windows/now?window=5m&scope=tool&tool=echo");
                assertThat(asked)
                        .contains("\"tool\":\"echo\"", "\"window\":\"5m\"")
                        .doesNotContain("(other)");
                assertThat(get(app, "/windows?window=7d")).contains("10s, 1m or 5m expected");
                assertThat(get(app, "/readyz")).contains("ok");
                assertThat(get(app, "/metrics")).contains("toolstream_ready 1.0");
                assertThat(Promtool.complaints(get(app, "/metrics"))).isEmpty();
                assertThat(MetricsPage.ofTheApp(get(app, "/metrics"))).isEqualTo(MetricsPage.ofTheApp());
                assertThat(get(app, "/metrics"))
                        .containsPattern("kafka_stream_alive_stream_threads\\{client_id=\"[^\"]+\"} 1.0")
                        .containsPattern("kafka_stream_thread_process_total\\{client_id=\"[^\"]+\"} [1-9]")
                        .containsPattern("kafka_producer_record_send_total\\{client_id=\"[^\"]+\"} [1-9]");
                await().untilAsserted(
                                () -> assertThat(worker.calls().inFlight()).isZero());
                assertThat(follower.terminated()).isNotDone();
            }
        }
    }

    private ToolstreamSettings settings() {
        MetricsSettings defaults = MetricsSettings.DEFAULT;
        return pipeline.settings("metered", 500)
                .withMetrics(new MetricsSettings(
                        true,
                        pipeline.group() + "-metrics",
                        defaults.grace(),
                        defaults.retention(),
                        defaults.toolsPerServer()));
    }

    private CallFigures sum(MetricsScope.Kind kind) {
        List<WindowMetrics> windows =
                table
                        .find(window -> window.length() == WindowLength.TEN_SECONDS
                                && window.scope().kind() == kind)
                        .stream()
                        .map(FollowedWindow::metrics)
                        .map(metrics -> metrics.orElseThrow())
                        .toList();
        CallFigures sum = new CallFigures();
        windows.forEach(metrics -> sum.add(metrics.calls()));
        return sum;
    }

    private static String get(MetricsApp app, String path) throws Exception {
        URI uri = URI.create(
                "http://127.0.0.1:" + app.adminAddress().orElseThrow().getPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
