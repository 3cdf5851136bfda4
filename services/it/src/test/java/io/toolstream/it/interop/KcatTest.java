package io.toolstream.it.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.embedded.demo.DemoStdio;
import io.toolstream.embedded.demo.DemoToolServer;
import io.toolstream.it.interop.Kcat.Seen;
import io.toolstream.it.kafka.SharedBroker;
import io.toolstream.it.kafka.TestCluster;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.wire.Header;
import io.toolstream.wire.TopicNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract from a shell: calls, replies and dead letters with a Kafka client that shares no code with ours. */
@ExtendWith(SharedBroker.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(240)
final class KcatTest {
    /** No UTF-8, and all that is easily lost on the way; without the comma that kcat separates headers by. */
    private static final byte[] OPAQUE = {
        1, -1, -128, 127, ' ', '"', '\'', '\\', '$', '%', -17, -69, -65, 13, 10, 9, 'z'
    };

    private final TestCluster cluster;
    private final Kcat kcat;
    private final DemoToolServer demo;
    private final Line line;
    private final TopicNames topics;

    KcatTest(TestCluster cluster) throws Exception {
        this.cluster = cluster;
        kcat = Kcat.on(cluster.connection().bootstrapServers());
        demo = DemoToolServer.start();
        line = Line.start(
                cluster.connection().bootstrapServers(),
                TestCluster.fresh("kcat") + ".",
                List.of(new ServerEntry.Http("demo", demo.url(), Map.of()), overStdio()));
        topics = line.topics();
    }

    @AfterAll
    void close() {
        line.close();
        demo.close();
    }

    @Test
    void readmesLines_sendACallAndShowItsReply() throws Exception {
        List<String> lines = readmesLines();
        assertThat(lines).hasSize(2);

        kcat.shell(lines.get(0));

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(kcat.shell(lines.get(1)))
                        .contains("\"status\":\"ok\"", "\"text\":\"hello\"", "\"final\":true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "demo-stdio"})
    void bareValue_withNeitherKeyNorHeader_isAnsweredUnderItsPosition(String server) throws Exception {
        kcat.send(
                topics.calls(),
                call("bare", "\"toolCallId\":\"to-" + server + "\"").replace("\"demo\"", "\"" + server + "\""));

        Seen reply = reply(topics.replies(), seen -> seen.text().contains("\"to-" + server + "\""));
        assertThat(reply.headers().get("correlation-id")).startsWith(topics.calls() + "-");
        assertThat(reply.headers()).containsEntry("toolstream-status", "ok").containsEntry("toolstream-final", "true");
        assertThat(reply.key()).isEqualTo(reply.headers().get("correlation-id"));
        assertThat(reply.text()).contains("Grüße, 世界 bare");
    }

    @ParameterizedTest
    @CsvSource({
        "correlation-id, reply-to, reply-partition",
        "kafka_correlationId, kafka_replyTopic, kafka_replyPartition"
    })
    void headers_areHonouredAndEchoedByteForByte(String correlation, String topic, String partition) throws Exception {
        String replies = topics.prefix() + TestCluster.fresh("team");
        cluster.makeTopic(replies, 3);

        kcat.send(
                topics.calls(),
                call("headers", "\"id\":\"" + replies + "\""),
                new Header(correlation, OPAQUE),
                new Header(topic, replies.getBytes(UTF_8)),
                new Header(partition, new byte[] {'2'}),
                new Header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(UTF_8)));

        Seen reply = reply(replies, seen -> true);
        assertThat(reply.partition()).isEqualTo(2);
        assertThat(reply.headers()).containsEntry(correlation, new String(OPAQUE, ISO_8859_1));
        assertThat(reply.headers()).containsKey("traceparent").containsEntry("toolstream-status", "ok");
        assertThat(reply.text()).contains("\"id\":\"" + replies + "\"", "\"correlationId\":\"base64:");
        assertThat(kcat.read(topics.replies())).noneMatch(other -> other.text().contains(replies));
    }

    @Test
    void rubbish_becomesADeadLetter_byteForByte() throws Exception {
        byte[] rubbish = {'{', -1, 1, '"', 'r', 'u', 'b', 'b', 'i', 's', 'h', -128};

        kcat.send(topics.calls(), OPAQUE, rubbish, new Header("x-own", OPAQUE));

        Seen kept = reply(topics.deadLetters(), seen -> seen.value().contains("rubbish"));
        assertThat(kept.value()).isEqualTo(new String(rubbish, ISO_8859_1));
        assertThat(kept.key()).isEqualTo(new String(OPAQUE, ISO_8859_1));
        assertThat(kept.headers())
                .containsEntry("x-own", new String(OPAQUE, ISO_8859_1))
                .containsEntry("toolstream-error-code", "not-utf8")
                .containsEntry("kafka_dlt-original-topic", topics.calls());
    }

    @Test
    void manyLines_areManyCalls() throws Exception {
        kcat.shell("for i in {1..50}; do echo '" + call("line-'$i'-", "\"priority\":\"batch\"")
                + "'; done | kcat -b \"$B\" -P -t " + topics.calls());

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            List<Seen> replies = kcat.read(topics.replies());
            for (int i = 1; i <= 50; i++) {
                String text = " line-" + i + "-";
                assertThat(replies)
                        .filteredOn(seen -> seen.text().contains(text))
                        .hasSize(1);
            }
        });
    }

    /** The bundled server as a child of the worker. */
    private static ServerEntry overStdio() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command =
                List.of(java, "-Xmx64m", "-cp", System.getProperty("java.class.path"), DemoStdio.class.getName());
        return new ServerEntry.Stdio("demo-stdio", command, Map.of(), null);
    }

    private static String call(String text, String member) {
        return "{\"server\":\"demo\",\"tool\":\"echo\",\"arguments\":{\"text\":\"Grüße, 世界 " + text + "\"}," + member
                + "}";
    }

    private Seen reply(String topic, Predicate<Seen> wanted) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> kcat.read(topic).stream().filter(wanted).toList(), found -> !found.isEmpty())
                .get(0);
    }

    /** As they stand there, but for the address and the names of the topics. */
    private List<String> readmesLines() throws Exception {
        Path readme = Path.of(System.getProperty("toolstream.basedir", "../.."), "README.md");
        try (var lines = Files.lines(readme)) {
            return lines.filter(text -> text.matches("(echo .*)?kcat -b localhost:9092 .*"))
                    .map(text -> text.replace("localhost:9092", "\"$B\"").replace("toolstream.", topics.prefix()))
                    .toList();
        }
    }
}
