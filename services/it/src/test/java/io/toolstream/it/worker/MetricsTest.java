package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.interop.Promtool;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.settings.Effect;
import io.toolstream.settings.RetrySettings;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.settings.ToolSettings;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a worker shows of itself is what the page says of it, and what Prometheus accepts. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class MetricsTest {
    private static final String TRACE = "00-" + "a".repeat(32) + "-" + "b".repeat(16);
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

    private final Pipeline pipeline;

    MetricsTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @Test
    void scrape_isWhatThePageSays_andPrometheusAcceptsIt() throws Exception {
        try (ScriptedToolServer tools = ScriptedToolServer.start();
                Worker worker = pipeline.worker(
                        pipeline.settings("w1", 500).withServers(Map.of("tools", policy())),
                        Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            tools.script("add", Behaviour.answering(Answer.failure(-32_603, "not now")), Behaviour.normal());
            caller.send(call("ok", "echo", "{}"), Caller.header("traceparent", TRACE + "-01"));
            caller.send(call("kept", "env", "{\"name\":\"x\"}"));
            caller.send(call("error", "fail", "{}"));
            caller.send(call("unknown", "nonsense", "{}"));
            caller.send(call("again", "add", "{\"a\":1,\"b\":2}"));
            List.of("ok", "kept", "error", "unknown", "again").forEach(caller::reply);
            assertThat(caller.reply("error").status()).isEqualTo(Status.TOOL_ERROR);
            Admin admin = Admin.of(worker);
            await().untilAsserted(() -> assertThat(counted(admin)).isEqualTo(5));

            String scrape = admin.get("/metrics").body();

            assertThat(MetricsPage.read().differences(scrape)).isEmpty();
            assertThat(scrape).doesNotContain("nonsense");
            assertThat(admin.get("/metrics", "Accept", OPEN_METRICS).body())
                    .containsPattern("messaging_process_duration_seconds_bucket.*# \\{.*trace_id=\"a{32}\"")
                    .containsPattern("mcp_client_operation_duration_seconds_bucket.*# \\{.*trace_id=\"a{32}\"")
                    .endsWith("# EOF\n");
            assertThat(Promtool.complaints(scrape)).isEmpty();
        }
    }

    /** Calls that have ended, in every way. */
    private static double counted(Admin admin) throws Exception {
        return admin.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("messaging_process_duration_seconds_count"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static ServerPolicy policy() {
        ToolSettings read = new ToolSettings(Effect.READ, null, RetrySettings.DEFAULT, ToolCacheSettings.ON, List.of());
        return new ServerPolicy(true, null, null, Map.of("fail", Effect.READ), null, Map.of("env", read));
    }

    private static String call(String id, String tool, String arguments) {
        return "{\"id\":\"" + id + "\",\"server\":\"tools\",\"tool\":\"" + tool + "\",\"arguments\":" + arguments + "}";
    }
}
