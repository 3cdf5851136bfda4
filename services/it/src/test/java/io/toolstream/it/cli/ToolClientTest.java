package io.toolstream.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.toolstream.client.Acceptance;
import io.toolstream.client.BatchOptions;
import io.toolstream.client.BatchResults;
import io.toolstream.client.CallResult;
import io.toolstream.client.Catalogue;
import io.toolstream.client.CatalogueView;
import io.toolstream.client.ClientSettings;
import io.toolstream.client.ClientSnapshot;
import io.toolstream.client.ToolCall;
import io.toolstream.client.ToolClient;
import io.toolstream.embedded.AllInOne;
import io.toolstream.embedded.AllInOneSettings;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ToolClientTest {
    private static AllInOne pipeline;
    private static ClientSettings settings;

    @BeforeAll
    static void start() throws Exception {
        pipeline = AllInOne.start(AllInOneSettings.of(
                SettingsLoader.load(SettingsSources.of("topics.partitions=4")).settings()));
        settings = ClientSettings.of(pipeline.addresses().bootstrapServers());
        pipeline.ready().get(60, TimeUnit.SECONDS);
    }

    @AfterAll
    static void end() {
        pipeline.close();
    }

    @Test
    void call_madeBeforeTheClientIsConnected_isAnswered() throws Exception {
        try (ToolClient client = ToolClient.connect(settings)) {
            Reply reply = client.call(echo("early")).get(60, TimeUnit.SECONDS);

            assertThat(reply.status()).isEqualTo(Status.OK);
        }
    }

    /** By the example of the client's page. */
    @Test
    void snapshot_isGoodForMicrometer() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (ToolClient client = ToolClient.connect(settings)) {
            MicrometerExample.bind(registry, client);
            Reply unused = client.call(echo("counted")).get(60, TimeUnit.SECONDS);

            assertThat(registry.get("toolstream.client.ready").gauge().value()).isEqualTo(1);
            await().untilAsserted(() -> {
                assertThat(registry.get("toolstream.client.in.flight").gauge().value())
                        .isZero();
                assertThat(registry.get("toolstream.client.replies")
                                .tag("status", "ok")
                                .functionCounter()
                                .count())
                        .isEqualTo(1);
            });
        }
    }

    @Test
    void calls_ofSeveralClientsOnOneReplyTopic_eachGetTheirOwnReplies() throws Exception {
        List<ToolClient> clients =
                List.of(ToolClient.connect(settings), ToolClient.connect(settings), ToolClient.connect(settings));
        try {
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String text = "call " + i;
                texts.add(text);
                replies.add(clients.get(i % clients.size()).call(echo(text)));
            }

            for (int i = 0; i < replies.size(); i++) {
                Reply reply = replies.get(i).get(60, TimeUnit.SECONDS);
                RawJson result = Objects.requireNonNull(reply.result());
                assertThat(result.text()).contains("\"" + texts.get(i) + "\"");
            }
            await().untilAsserted(() -> assertThat(clients).allSatisfy(client -> {
                assertThat(client.snapshot().inFlight()).isZero();
                assertThat(client.snapshot().counts().answered()).isEqualTo(100);
                assertThat(client.snapshot().counts().strays().late()).isZero();
                assertThat(client.snapshot().counts().strays().mismatched()).isZero();
            }));
        } finally {
            clients.forEach(ToolClient::close);
        }
    }

    @Test
    void arguments_thatAModelGotWrong_areRejectedByTheWorker() throws Exception {
        try (ToolClient client = ToolClient.connect(settings)) {
            Reply reply = client.call(ToolCall.of("demo", "echo").arguments("{\"text\": \"cut off"))
                    .get(60, TimeUnit.SECONDS);

            assertThat(reply.status()).isEqualTo(Status.REJECTED);
        }
    }

    @Test
    void send_isAcceptedOnTheCallsTopic() throws Exception {
        try (ToolClient client = ToolClient.connect(settings)) {
            Acceptance acceptance = client.send(echo("nobody waits")).get(60, TimeUnit.SECONDS);

            assertThat(acceptance.position().topic()).isEqualTo("toolstream.calls");
        }
    }

    @Test
    void catalogue_listsTheDemoTools() throws Exception {
        try (CatalogueView view = CatalogueView.open(settings.kafka(), settings.topics())) {
            Catalogue catalogue = view.loaded().get(60, TimeUnit.SECONDS);

            assertThat(catalogue.tool("demo", "echo")).isPresent();
            assertThat(catalogue.server("demo")).isPresent();
        }
    }

    @Test
    void earlierReplies_ofAClientThatIsGone_areFoundByTheirIds() throws Exception {
        Instant before = Instant.now().minusSeconds(60);
        try (ToolClient earlier = ToolClient.connect(settings)) {
            List<ToolCall> calls = IntStream.range(0, 20)
                    .mapToObj(number -> echo("earlier " + number).id("earlier-" + number))
                    .toList();
            assertThat(earlier.gather(calls, Duration.ofSeconds(30)).get(60, TimeUnit.SECONDS))
                    .allMatch(CallResult::isOk);
        }

        try (ToolClient later = ToolClient.connect(settings)) {
            Map<String, Reply> found = later.earlierReplies(Set.of("earlier-3", "earlier-17", "never"), before)
                    .get(60, TimeUnit.SECONDS);
            Map<String, Reply> ofTheFuture = later.earlierReplies(
                            Set.of("earlier-3"), Instant.now().plusSeconds(60))
                    .get(60, TimeUnit.SECONDS);

            assertThat(found).containsOnlyKeys("earlier-3", "earlier-17");
            assertThat(ofTheFuture).isEmpty();

            emptyReplyTopic();
            assertThat(later.earlierReplies(Set.of("earlier-3"), before).get(60, TimeUnit.SECONDS))
                    .as("what retention has eaten is missing")
                    .isEmpty();
        }
    }

    private static void emptyReplyTopic() throws Exception {
        String topic = settings.replyTopic();
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", settings.kafka().bootstrapServers()))) {
            Map<String, TopicDescription> topics =
                    admin.describeTopics(List.of(topic)).allTopicNames().get(60, TimeUnit.SECONDS);
            int partitions =
                    Objects.requireNonNull(topics.get(topic)).partitions().size();
            Map<TopicPartition, RecordsToDelete> all = IntStream.range(0, partitions)
                    .boxed()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topic, partition),
                            partition -> RecordsToDelete.beforeOffset(-1)));
            admin.deleteRecords(all).all().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void batch_ofManyCalls_givesEachItsOwnResultInOrder() {
        try (ToolClient client = ToolClient.connect(settings);
                BatchResults results = client.batch(
                        IntStream.range(0, 2_000).mapToObj(number -> echo("batch " + number + ".")),
                        BatchOptions.fresh().withInFlight(400))) {
            for (int number = 0; number < 2_000; number++) {
                CallResult result = results.next();
                assertThat(result.index()).isEqualTo(number);
                assertThat(Objects.requireNonNull(result.orThrow().result()).text())
                        .contains("\"batch " + number + ".\"");
            }
            assertThat(results.hasNext()).isFalse();
            assertThat(client.snapshot().counts().strays()).isEqualTo(new ClientSnapshot.Strays(0, 0, 0, 0));
        }
    }

    private static ToolCall echo(String text) {
        return ToolCall.of("demo", "echo").argument("text", text);
    }
}
