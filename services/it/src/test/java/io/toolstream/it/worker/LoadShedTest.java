package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.CallError;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** More calls than a tool server takes, from topic to reply. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class LoadShedTest {
    private final Pipeline pipeline;

    LoadShedTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @Test
    void callsBeyondPermitsAndRoom_areUnavailableAtOnce_withATimeToComeAgain() throws Exception {
        try (ScriptedToolServer server = ScriptedToolServer.start()) {
            HeldTool held = new HeldTool();
            server.add(held.named("echo"));
            try (Worker worker = Worker.start(settings(), List.of(Pipeline.http("tools", server)));
                    Caller caller = new Caller(pipeline)) {
                worker.ready().get(60, TimeUnit.SECONDS);
                caller.sendMany(
                        IntStream.range(0, 3).mapToObj(i -> call("first-" + i)).toList());
                await().untilAsserted(() -> assertThat(
                                Admin.of(worker).get("/metrics").body())
                        .containsPattern("toolstream_tool_server_permits\\{.*state=\"waiting\"} 2.0"));
                caller.send(call("refused"));

                Reply refused = caller.reply("refused");
                CallError error = Objects.requireNonNull(refused.error());

                assertThat(refused.status()).isEqualTo(Status.UNAVAILABLE);
                assertThat(error.code()).isEqualTo("overloaded");
                assertThat(error.retryable()).isTrue();
                assertThat(error.retryAfterMs()).isPositive();
                assertThat(error.mayHaveRun()).isEqualTo(MayHaveRun.NO);
                assertThat(refused.attempts()).isZero();
                held.letGo();
                IntStream.range(0, 3)
                        .forEach(i ->
                                assertThat(caller.reply("first-" + i).status()).isEqualTo(Status.OK));
            }
        }
    }

    /** One permit, two places in the waiting room; never tried twice, which would only be told the same. */
    private ToolstreamSettings settings() {
        ToolstreamSettings pipelines = pipeline.settings("w1", 500);
        ToolstreamSettings limited = SettingsLoader.load(SettingsSources.of(
                        "mcp.concurrency.initial=1",
                        "mcp.concurrency.least=1",
                        "mcp.concurrency.most=1",
                        "mcp.concurrency.waiting=2",
                        "mcp.concurrency.waitLimit=2m",
                        "mcp.retries.attempts=1"))
                .settings();
        return new ToolstreamSettings(
                pipelines.profile(),
                pipelines.kafka(),
                pipelines.topics(),
                pipelines.worker(),
                pipelines.client(),
                limited.mcp(),
                limited.remoteMcp(),
                pipelines.limits(),
                pipelines.admin(),
                pipelines.log(),
                Map.of("tools", ServerPolicy.DEFAULT));
    }

    private static String call(String id) {
        return "{\"id\":\"" + id + "\",\"server\":\"tools\",\"tool\":\"echo\",\"arguments\":{}}";
    }
}
