package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.settings.ServerPolicy;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.testkit.Counted;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.Status;
import io.toolstream.worker.ReloadResult;
import io.toolstream.worker.ReloadResult.Applied;
import io.toolstream.worker.ReloadResult.Invalid;
import io.toolstream.worker.ReloadResult.Refused;
import io.toolstream.worker.Worker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Settings and tool servers that are replaced while the worker runs. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ReloadTest {
    private final Pipeline pipeline;
    private final ToolstreamSettings settings;

    ReloadTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
        settings = pipeline.settings("w1", 500);
    }

    @Test
    void serversComeAndGo_whatIsUnderWayEnds() throws Exception {
        try (ScriptedToolServer old = ScriptedToolServer.start();
                ScriptedToolServer fresh = ScriptedToolServer.start();
                Worker worker = pipeline.worker(settings, Pipeline.http("tools", old), Pipeline.http("gone", old));
                Caller caller = new Caller(pipeline)) {
            caller.send("{\"id\":\"slow\",\"server\":\"gone\",\"tool\":\"sleep\",\"arguments\":{\"ms\":1500}}");
            await().until(() -> !old.calls().isEmpty());

            ReloadResult result =
                    worker.reload(settings, List.of(Pipeline.http("tools", fresh), Pipeline.http("new", fresh)));

            assertThat(result)
                    .isEqualTo(new Applied(
                            List.of("server gone removed", "server tools changed: urls", "server new added")));
            caller.send(call("of-new", "new"));
            caller.send(call("of-changed", "tools"));
            caller.send(call("of-gone", "gone"));
            assertThat(caller.reply("of-new").status()).isEqualTo(Status.OK);
            assertThat(caller.reply("of-changed").status()).isEqualTo(Status.OK);
            assertThat(caller.reply("of-gone").status()).isEqualTo(Status.REJECTED);
            assertThat(caller.reply("slow").status()).as("was under way").isEqualTo(Status.OK);
            assertThat(fresh.calls()).hasSize(2);
            await().untilAsserted(() -> assertThat(old.openConnections()).isZero());
        }
    }

    @Test
    void reloadAgainAndAgain_underLoad_failsNoCallOfAServerThatStays_norOpensConnections() throws Exception {
        int calls = 3_000;
        try (ScriptedToolServer stays = ScriptedToolServer.start();
                ScriptedToolServer other = ScriptedToolServer.start();
                Worker worker =
                        pipeline.worker(settings, Pipeline.http("stays", stays), Pipeline.http("other", other));
                Caller caller = new Caller(pipeline)) {
            caller.sendMany(IntStream.range(0, 500)
                    .mapToObj(i -> call("warm-" + i, "stays"))
                    .toList());
            await().until(() -> caller.replyCount() == 500);

            AtomicInteger applied = new AtomicInteger();
            CompletableFuture<Void> done = new CompletableFuture<>();
            List<CompletableFuture<Void>> operators = IntStream.range(0, 2)
                    .mapToObj(operator -> CompletableFuture.runAsync(() -> {
                        for (int i = 0; !done.isDone(); i++) {
                            List<ServerEntry> servers = i % 2 == operator
                                    ? List.of(Pipeline.http("stays", stays))
                                    : List.of(Pipeline.http("stays", stays), Pipeline.http("other", other));
                            assertThat(worker.reload(settings, servers)).isInstanceOf(Applied.class);
                            applied.incrementAndGet();
                        }
                    }))
                    .toList();
            caller.sendMany(IntStream.range(0, calls)
                    .mapToObj(i -> call("call-" + i, "stays"))
                    .toList());
            await().atMost(Duration.ofSeconds(60)).until(() -> caller.replyCount() >= calls + 500);
            await().until(() -> applied.get() > 10);
            done.complete(null);
            CompletableFuture.allOf(operators.toArray(CompletableFuture[]::new)).join();

            assertThat(caller.replies())
                    .hasSize(calls + 500)
                    .allSatisfy(reply -> assertThat(reply.status()).isEqualTo(Status.OK));
            assertThat(stays.count(Counted.SOCKETS))
                    .as("not anew at each of them")
                    .isLessThanOrEqualTo(20);
            worker.reload(settings, List.of(Pipeline.http("stays", stays)));
            await().untilAsserted(() -> assertThat(other.openConnections()).isZero());
        }
    }

    @Test
    void whatIsSaidOfAServer_changesWhileTheWorkerRuns() throws Exception {
        try (ScriptedToolServer tools = ScriptedToolServer.start();
                Worker worker = pipeline.worker(settings, Pipeline.http("tools", tools))) {
            ServerPolicy hasty = new ServerPolicy(true, null, Duration.ofSeconds(3), Map.of());
            ToolstreamSettings next = settings.withServers(Map.of("tools", hasty));

            ReloadResult result = worker.reload(next, List.of(Pipeline.http("tools", tools)));

            assertThat(result).isInstanceOf(Applied.class);
            assertThat(result.toString()).contains("server tools changed: ").contains("callTimeout");
        }
    }

    @Test
    void whatCannotChange_refusesAll_andSoDoesAServerThatMakesNoSense() throws Exception {
        try (ScriptedToolServer tools = ScriptedToolServer.start();
                Worker worker = pipeline.worker(settings, Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            ReloadResult refused = worker.reload(pipeline.settings("w2", 7), List.of());
            ReloadResult invalid = worker.reload(
                    settings, List.of(new ServerEntry.Http("tools", tools.url(), Map.of("Host", "s3cret"))));

            assertThat(refused).isInstanceOf(Refused.class);
            assertThat(((Refused) refused).reasons())
                    .anySatisfy(reason -> assertThat(reason).startsWith("worker.maxInFlight "))
                    .anySatisfy(reason -> assertThat(reason).startsWith("worker.id "))
                    .anySatisfy(reason -> assertThat(reason).startsWith("kafka.clientId "));
            assertThat(invalid).isInstanceOf(Invalid.class);
            assertThat(((Invalid) invalid).problems().get(0)).contains("tools").doesNotContain("s3cret");
            caller.send(call("still", "tools"));
            assertThat(caller.reply("still").status()).isEqualTo(Status.OK);
        }
    }

    @Test
    void adminEndpoint_reloadsAndSaysWhatHasChanged() throws Exception {
        try (ScriptedToolServer tools = ScriptedToolServer.start();
                Worker worker = pipeline.worker(settings)) {
            worker.onReloadRequest(() -> worker.reload(settings, List.of(Pipeline.http("tools", tools))));

            HttpResponse<String> first = post(worker, "/reload");
            HttpResponse<String> second = post(worker, "/reload");

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.body()).isEqualTo("{\"applied\":true,\"changes\":[\"server tools added\"]}\n");
            assertThat(second.body()).isEqualTo("{\"applied\":true,\"changes\":[]}\n");
            await().until(() -> worker.tools().server("tools").orElseThrow().isKnown());

            worker.onReloadRequest(() -> worker.reload(pipeline.settings("w2", 7), List.of()));
            assertThat(post(worker, "/reload").statusCode()).isEqualTo(409);
        }
    }

    private static HttpResponse<String> post(Worker worker, String path) throws Exception {
        var address = worker.adminAddress().orElseThrow();
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String call(String id, String server) {
        return "{\"id\":\"" + id + "\",\"server\":\"" + server + "\",\"tool\":\"echo\",\"arguments\":{\"a\":1}}";
    }
}
