package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.testkit.Accepting;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.StateReport;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What probes are told while a worker stops, and while a tool server is down. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class DrainTest {
    private final Pipeline pipeline;

    DrainTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @Test
    void stopping_isNotReadyFirst_andEndsItsCallsAllTheSame() throws Exception {
        try (ScriptedToolServer tools = ScriptedToolServer.start();
                Worker worker = pipeline.worker("w1", Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            HeldTool held = new HeldTool();
            tools.add(held.named("echo"));
            Admin admin = Admin.of(worker);
            assertThat(admin.get("/startupz").statusCode()).isEqualTo(200);
            assertThat(admin.get("/readyz?verbose").body())
                    .contains("[+]consumer ok")
                    .contains("[+]producer ok");
            caller.send("{\"id\":\"slow\",\"server\":\"tools\",\"tool\":\"echo\",\"arguments\":{}}");
            await().until(() -> !tools.calls().isEmpty());

            CompletableFuture<Boolean> drained =
                    CompletableFuture.supplyAsync(() -> worker.close(Duration.ofSeconds(60)));

            await().untilAsserted(
                            () -> assertThat(admin.get("/readyz").statusCode()).isEqualTo(503));
            assertThat(caller.replyCount()).as("the call is still under way").isZero();
            assertThat(admin.get("/readyz").body()).contains("[-]accepting failed: the process is stopping");
            assertThat(admin.get("/livez").statusCode()).isEqualTo(200);
            assertThat(admin.get("/metrics").body()).contains("toolstream_ready 0.0");
            held.letGo();
            assertThat(caller.reply("slow").status()).isEqualTo(Status.OK);
            assertThat(drained.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void tellsOfTheBreaker(StateReport report) {
        StateReport.OfServer tools = report.servers().get(0);
        assertThat(report.worker()).isEqualTo("w1");
        assertThat(tools.server()).isEqualTo("tools");
        assertThat(tools.breaker().state()).isEqualTo("open");
        assertThat(tools.breaker().transitions()).isPositive();
        assertThat(tools.breaker().openMillis()).isPositive();
        assertThat(tools.connections().opened()).isPositive();
        assertThat(tools.health().failures()).isPositive();
    }

    @Test
    void openBreaker_leavesTheWorkerReady() throws Exception {
        try (ScriptedToolServer tools = ScriptedToolServer.start();
                Worker worker = pipeline.worker("w1", Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            tools.become(Accepting.REFUSED);
            tools.dropConnections();
            Pipeline.awaitDisconnected(worker);
            Admin admin = Admin.of(worker);
            for (int i = 0; i < 10; i++) {
                caller.send("{\"id\":\"" + i + "\",\"server\":\"tools\",\"tool\":\"echo\",\"arguments\":{}}");
                assertThat(caller.reply(String.valueOf(i)).status()).isEqualTo(Status.UNAVAILABLE);
            }

            await().untilAsserted(() -> assertThat(admin.get("/metrics").body())
                    .containsPattern("resilience4j_circuitbreaker_state\\{.*state=\"open\"} 1.0"));
            assertThat(admin.get("/readyz").statusCode()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(caller.reports()).anySatisfy(DrainTest::tellsOfTheBreaker));
        }
    }
}
