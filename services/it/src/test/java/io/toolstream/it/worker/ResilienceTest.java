package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.kafka.KafkaPublisher;
import io.toolstream.kafka.RangeReader;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.Counted;
import io.toolstream.testkit.Delivery;
import io.toolstream.testkit.ScriptedTool;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.ServerOptions;
import io.toolstream.wire.BreakerCodec;
import io.toolstream.wire.BreakerEntry;
import io.toolstream.wire.CallError;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Reply;
import io.toolstream.wire.StateReport;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Breakers, retries and what workers tell each other, through the whole line. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ResilienceTest {
    private final TestCluster cluster;
    private final Pipeline pipeline;

    ResilienceTest(TestCluster cluster) {
        this.cluster = cluster;
        this.pipeline = Pipeline.fresh(cluster);
    }

    @Test
    void serverThatGoes_isRefusedAtOnce_andUsedAgainWhenItIsBack() throws Exception {
        ScriptedToolServer first = ScriptedToolServer.start();
        try (Worker worker = pipeline.worker("w1", Pipeline.http("flaky", first));
                Caller caller = new Caller(pipeline)) {
            awaitHealthy(worker);
            first.close();
            awaitBreaker(worker, "open");

            caller.send(call("refused", "flaky", "echo"));
            Reply refused = caller.reply("refused");
            assertThat(refused.status()).isEqualTo(Status.UNAVAILABLE);
            CallError error = Objects.requireNonNull(refused.error());
            assertThat(error.code()).isEqualTo(ErrorCode.BREAKER_OPEN.text());
            assertThat(error.mayHaveRun()).isEqualTo(MayHaveRun.NO);
            assertThat(error.retryAfterMs()).isBetween(0L, 5_000L);
            assertThat(refused.attempts()).isZero();

            try (ScriptedToolServer second = ScriptedToolServer.start(ServerOptions.defaults(), first.port())) {
                awaitBreaker(worker, "closed");
                caller.send(call("answered", "flaky", "echo"));
                assertThat(caller.reply("answered").status()).isEqualTo(Status.OK);
                assertThat(second.count(Counted.CALL)).isEqualTo(1);
            }
            await().untilAsserted(() -> assertThat(changes(caller))
                    .anySatisfy(change -> {
                        assertThat(change.from() + " " + change.to()).isEqualTo("closed open");
                        assertThat(change.cause()).isNotEmpty();
                    })
                    .anyMatch(change -> change.to().equals("closed")));
        }
    }

    /** As told on the events topic. */
    private static List<StateReport.Change> changes(Caller caller) {
        return caller.reports().stream()
                .flatMap(report -> report.servers().stream())
                .flatMap(server -> server.breaker().changes().stream())
                .toList();
    }

    @Test
    void callThatFailsOnce_isAnsweredAtTheSecondAttempt_ifItMayRunTwice() throws Exception {
        try (ScriptedToolServer tools = ScriptedToolServer.start()) {
            tools.script("fail", Behaviour.delivered(Delivery.resetAt(0)), Behaviour.answering(Answer.text("well")));
            tools.add(ScriptedTool.of("pay", "{\"type\":\"object\"}", (arguments, wanted) -> Answer.text("paid")));
            tools.script("pay", Behaviour.delivered(Delivery.resetAt(0)), Behaviour.normal());
            try (Worker worker = pipeline.worker("w1", Pipeline.http("tools", tools));
                    Caller caller = new Caller(pipeline)) {
                awaitHealthy(worker);
                caller.send(call("read", "tools", "fail"));
                caller.send(call("once", "tools", "pay"));

                assertThat(caller.reply("read").status()).isEqualTo(Status.OK);
                assertThat(caller.reply("read").attempts()).isEqualTo(2);
                assertThat(caller.reply("once").status()).isEqualTo(Status.IN_DOUBT);
                assertThat(caller.reply("once").attempts()).isEqualTo(1);
            }
        }
    }

    @Test
    void breakerOpenElsewhere_isProbedHere_andOpensNothing() throws Exception {
        ScriptedToolServer tools = ScriptedToolServer.start();
        // This machine, under an address that a worker takes for one of another.
        URI shared = URI.create("http://[::ffff:127.0.0.1]:" + tools.port() + "/mcp");
        try (Worker worker = pipeline.worker("w1", Pipeline.http("tools", shared));
                KafkaPublisher other = KafkaPublisher.latency(cluster.connection())) {
            awaitHealthy(worker);
            BreakerEntry open = new BreakerEntry(
                    "tools", "tools", "w2", new BreakerEntry.Opened(System.currentTimeMillis(), "bad network"));
            int before = tools.count(Counted.MESSAGES);
            other.publish(pipeline.topics().breakers(), null, new BreakerCodec().encode(open))
                    .get(60, TimeUnit.SECONDS);

            await().until(() -> tools.count(Counted.MESSAGES) > before);
            assertThat(worker.endpoints().get(0).breaker().state()).isEqualTo("closed");

            tools.close();
            awaitBreaker(worker, "open");
            await().untilAsserted(() -> assertThat(entries()).anySatisfy(entry -> {
                assertThat(entry.worker()).isEqualTo("w1");
                assertThat(entry.opened()).isNotNull();
            }));
        }
    }

    private List<BreakerEntry> entries() {
        List<BreakerEntry> entries = new ArrayList<>();
        BreakerCodec codec = new BreakerCodec();
        RangeReader.readAll(cluster.connection(), pipeline.topics().breakers(), record -> {
            if (codec.decode(record) instanceof Decoded.WellFormed<BreakerEntry> entry) {
                entries.add(entry.value());
            }
        });
        return entries;
    }

    private static void awaitHealthy(Worker worker) {
        await().until(() -> worker.endpoints().get(0).health().state().equals("healthy"));
    }

    private static void awaitBreaker(Worker worker, String state) {
        await().until(() -> worker.endpoints().get(0).breaker().state().equals(state));
    }

    private static String call(String id, String server, String tool) {
        return "{\"id\":\"" + id + "\",\"server\":\"" + server + "\",\"tool\":\"" + tool + "\",\"arguments\":{}}";
    }
}
