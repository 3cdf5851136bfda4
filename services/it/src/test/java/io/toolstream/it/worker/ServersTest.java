package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.kafka.RangeReader;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.testkit.Answer;
import io.toolstream.testkit.Behaviour;
import io.toolstream.testkit.ScriptedTool;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.testkit.ServerOptions;
import io.toolstream.wire.CatalogueChange;
import io.toolstream.wire.CatalogueCodec;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.CatalogueKey;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import io.toolstream.worker.Worker;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tool servers that come, go, hang and change, beside one that is well. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ServersTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1/mcp");

    private final Pipeline pipeline;

    ServersTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @Test
    void serversThatCannotBeUsed_leaveTheOthers() throws Exception {
        try (ScriptedToolServer good = ScriptedToolServer.start();
                ScriptedToolServer hanging = ScriptedToolServer.start()) {
            hanging.scriptMethod("initialize", Behaviour.never());
            try (Worker worker = pipeline.worker(
                            "w1",
                            Pipeline.http("nobody", NOBODY),
                            Pipeline.http("hanging", hanging),
                            new ServerEntry.Http("misled", NOBODY, Map.of("Host", "elsewhere")),
                            Pipeline.http("good", good));
                    Caller caller = new Caller(pipeline)) {
                caller.send(call("from-nobody", "nobody", "echo"));
                caller.send(call("from-hanging", "hanging", "echo"));
                caller.send(call("from-misled", "misled", "echo"));
                caller.send(call("from-good", "good", "echo"));

                assertThat(caller.reply("from-good").status()).isEqualTo(Status.OK);
                assertUnavailable(caller.reply("from-nobody"), "refused");
                assertUnavailable(caller.reply("from-misled"), "Host is set by the client");
                assertUnavailable(caller.reply("from-hanging"), "hanging");
                assertThat(worker.tools().server("good").orElseThrow().isKnown())
                        .isTrue();
            }
        }
    }

    @Test
    void serverThatWasDown_isUsedOnceItIsUp() throws Exception {
        ScriptedToolServer first = ScriptedToolServer.start();
        int port = first.port();
        first.close();
        try (Worker worker = pipeline.worker("w1", Pipeline.http("late", first.url()));
                Caller caller = new Caller(pipeline)) {
            caller.send(call("too-early", "late", "echo"));
            assertUnavailable(caller.reply("too-early"), "late");

            try (ScriptedToolServer second = ScriptedToolServer.start(ServerOptions.defaults(), port)) {
                await().until(() -> worker.tools().server("late").orElseThrow().isKnown());
                await().until(() -> worker.endpoints().get(0).breaker().state().equals("closed"));
                caller.send(call("in-time", "late", "echo"));

                assertThat(caller.reply("in-time").status()).isEqualTo(Status.OK);
                assertThat(second.calls()).hasSize(1);
            }
        }
    }

    @Test
    void serverThatGoesAndComesBack_keepsItsToolsMeanwhile() throws Exception {
        ScriptedToolServer first = ScriptedToolServer.start();
        int port = first.port();
        try (Worker worker = pipeline.worker("w1", Pipeline.http("flaky", first));
                Caller caller = new Caller(pipeline)) {
            caller.send(call("before", "flaky", "echo"));
            assertThat(caller.reply("before").status()).isEqualTo(Status.OK);

            first.close();
            Pipeline.awaitDisconnected(worker);
            caller.send(call("while-down", "flaky", "echo"));
            Reply down = caller.reply("while-down");
            assertThat(down.status()).isIn(Status.UNAVAILABLE, Status.FAILED);
            await().until(() -> health(worker, "flaky") == Health.UNHEALTHY);

            try (ScriptedToolServer second = ScriptedToolServer.start(ServerOptions.defaults(), port)) {
                await().until(() -> worker.endpoints().get(0).breaker().state().equals("closed"));
                caller.send(call("after", "flaky", "echo"));
                assertThat(caller.reply("after").status()).isEqualTo(Status.OK);
                assertThat(second.calls()).hasSize(1);
                await().until(() -> health(worker, "flaky") == Health.HEALTHY);
            }
        }
    }

    @Test
    void toolThatAppears_isFoundByTheFirstCallThatAsksForIt() throws Exception {
        try (ScriptedToolServer tools = ScriptedToolServer.start();
                Worker worker = pipeline.worker("w1", Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            await().until(() -> worker.tools().server("tools").orElseThrow().isKnown());
            tools.add(
                    ScriptedTool.of("brand_new", "{\"type\":\"object\"}", (arguments, wanted) -> Answer.text("hello")));

            await().untilAsserted(() -> {
                String id = TestCluster.fresh("new");
                caller.send(call(id, "tools", "brand_new"));
                assertThat(caller.reply(id).status()).isEqualTo(Status.OK);
            });
        }
    }

    @Test
    void toolThatIsAdded_isThereAtOnce_whereTheServerSaysSo() throws Exception {
        try (ScriptedToolServer tools =
                        ScriptedToolServer.start(ServerOptions.defaults().announcingTools());
                Worker worker = pipeline.worker(pipeline.readingRarely("w1"), Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            await().until(() -> worker.tools().server("tools").orElseThrow().isKnown());
            caller.send(call("before", "tools", "echo"));
            assertThat(caller.reply("before").status()).isEqualTo(Status.OK);

            tools.add(ScriptedTool.of("new", "{\"type\":\"object\"}", (arguments, wanted) -> Answer.text("hello")));

            // Long before the catalogue would be read again.
            await().until(() ->
                    worker.tools().server("tools").orElseThrow().tools().containsKey("new"));
            caller.send(call("after", "tools", "new"));
            assertThat(caller.reply("after").status()).isEqualTo(Status.OK);
        }
    }

    @Test
    void catalogueTopic_saysWhatThereIs_andForgetsWhatIsGone() throws Exception {
        try (ScriptedToolServer tools = ScriptedToolServer.start()) {
            try (Worker worker = pipeline.worker("w1", Pipeline.http("tools", tools), Pipeline.http("other", tools))) {
                assertThat(worker.tools().servers()).hasSize(2);
                await().untilAsserted(() -> assertThat(catalogue())
                        .containsKeys(
                                new CatalogueKey("tools", null),
                                new CatalogueKey("tools", "echo"),
                                new CatalogueKey("other", "echo")));

                tools.remove("env");
                await().untilAsserted(
                                () -> assertThat(catalogue()).doesNotContainKey(new CatalogueKey("tools", "env")));
            }
            try (Worker worker = pipeline.worker("w2", Pipeline.http("tools", tools))) {
                assertThat(worker.tools().servers()).hasSize(1);
                await().untilAsserted(() -> assertThat(catalogue())
                        .containsKey(new CatalogueKey("tools", "echo"))
                        .doesNotContainKeys(new CatalogueKey("other", null), new CatalogueKey("other", "echo")));
            }
        }
    }

    private Map<CatalogueKey, CatalogueChange> catalogue() {
        Map<CatalogueKey, CatalogueChange> entries = new LinkedHashMap<>();
        RangeReader.readAll(pipeline.cluster().connection(), pipeline.topics().catalogue(), record -> {
            CatalogueChange change = change(record);
            if (change instanceof CatalogueChange.Put) {
                entries.put(change.key(), change);
            } else {
                entries.remove(change.key());
            }
        });
        return entries;
    }

    private static CatalogueChange change(InboundRecord record) {
        return ((Decoded.WellFormed<CatalogueChange>) new CatalogueCodec().decode(record)).value();
    }

    private static Health health(Worker worker, String server) {
        return worker.tools().server(server).orElseThrow().condition().health();
    }

    private static void assertUnavailable(Reply reply, String why) {
        assertThat(reply.status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(Objects.requireNonNull(reply.error()).code()).isIn("server-unavailable", "connect-failed");
        assertThat(Objects.requireNonNull(reply.error()).retryable()).isTrue();
        assertThat(Objects.requireNonNull(reply.error()).message()).contains(why);
    }

    private static String call(String id, String server, String tool) {
        return "{\"id\":\"" + id + "\",\"server\":\"" + server + "\",\"tool\":\"" + tool + "\"}";
    }
}
