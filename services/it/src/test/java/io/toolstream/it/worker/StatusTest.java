package io.toolstream.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.kafka.RangeReader;
import io.toolstream.testkit.ScriptedToolServer;
import io.toolstream.wire.CatalogueChange;
import io.toolstream.wire.CatalogueCodec;
import io.toolstream.wire.CatalogueEntry.AtWorker;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.CatalogueKey;
import io.toolstream.wire.Decoded;
import io.toolstream.wire.EndpointState;
import io.toolstream.wire.Status;
import io.toolstream.worker.ServerStatus;
import io.toolstream.worker.Worker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** How tool servers are, as a worker tells it: to its library user, on its admin endpoint, on the catalogue topic. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class StatusTest {
    private final Pipeline pipeline;

    StatusTest(TestCluster cluster) {
        pipeline = Pipeline.fresh(cluster);
    }

    @Test
    void everyEndpoint_isToldOfInThreePlaces_andTakenBackAtTheEnd() throws Exception {
        CatalogueKey key = new CatalogueKey("tools", null, "w1");
        try (ScriptedToolServer tools = ScriptedToolServer.start();
                Worker worker = pipeline.worker("w1", Pipeline.http("tools", tools));
                Caller caller = new Caller(pipeline)) {
            caller.send("{\"id\":\"one\",\"server\":\"tools\",\"tool\":\"echo\"}");
            assertThat(caller.reply("one").status()).isEqualTo(Status.OK);

            await().untilAsserted(() -> assertTold(worker.servers().get(0)));
            await().untilAsserted(() -> assertThat(get(worker, "/servers"))
                    .startsWith("[{\"name\":\"tools\",\"transport\":\"http\",\"state\":\"healthy\",\"tools\":")
                    .contains("\"connections\":{\"inUse\":0,"));

            await().untilAsserted(() -> assertThat(views()).containsKey(key));
            assertThat(Objects.requireNonNull(views().get(key)).endpoints()).hasSize(1);
        }
        await().untilAsserted(() -> assertThat(views()).doesNotContainKey(key));
    }

    private static void assertTold(ServerStatus status) {
        assertThat(status.condition().health()).isEqualTo(Health.HEALTHY);
        assertThat(status.tools()).isPositive();
        EndpointState endpoint = status.endpoints().get(0);
        assertThat(endpoint.name()).isEqualTo("tools");
        assertThat(endpoint.breaker().state()).isEqualTo("closed");
        assertThat(endpoint.connections().opened()).isPositive();
        assertThat(endpoint.roundTripMicros()).isPositive();
        assertThat(endpoint.protocolVersion()).isNotNull();
    }

    private Map<CatalogueKey, AtWorker> views() {
        Map<CatalogueKey, AtWorker> views = new HashMap<>();
        CatalogueCodec codec = new CatalogueCodec();
        RangeReader.readAll(pipeline.cluster().connection(), pipeline.topics().catalogue(), record -> {
            CatalogueChange change = ((Decoded.WellFormed<CatalogueChange>) codec.decode(record)).value();
            views.remove(change.key());
            if (change instanceof CatalogueChange.Put put && put.entry() instanceof AtWorker view) {
                views.put(put.key(), view);
            }
        });
        return views;
    }

    private static String get(Worker worker, String path) throws Exception {
        URI uri = URI.create(
                "http://127.0.0.1:" + worker.adminAddress().orElseThrow().getPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
