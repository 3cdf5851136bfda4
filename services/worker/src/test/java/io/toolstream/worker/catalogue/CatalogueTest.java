package io.toolstream.worker.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.settings.Effect;
import io.toolstream.wire.CatalogueCodec;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.CatalogueEntry.OfTool;
import io.toolstream.wire.CatalogueEntry.Transport;
import io.toolstream.wire.CatalogueKey;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import io.toolstream.worker.fixture.FakePublisher;
import io.toolstream.worker.fixture.FakeToolServer;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CatalogueTest {
    private static final String TOPIC = "toolstream.catalogue";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ReadTimes RARELY =
            new ReadTimes(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(300));
    private static final ReadTimes OFTEN =
            new ReadTimes(Duration.ofMillis(20), Duration.ofMillis(10), Duration.ofSeconds(5));
    private static final ReadTimes WHEN_ASKED =
            new ReadTimes(Duration.ofHours(1), Duration.ZERO, Duration.ofSeconds(10));

    private final FakePublisher publisher = new FakePublisher();
    private final FakeToolServer fs = new FakeToolServer("fs");
    private final FakeToolServer web = new FakeToolServer("web");
    private final List<InboundRecord> standing = new ArrayList<>();
    private final List<Catalogue> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(Catalogue::close);
    }

    @Test
    void start_readsEveryServer() {
        fs.lists("read", "write");
        web.lists("fetch");

        Catalogue catalogue = start(RARELY, fs, web);
        catalogue.firstRead().join();

        assertThat(tools(catalogue, "fs")).containsExactlyInAnyOrder("read", "write");
        assertThat(tools(catalogue, "web")).containsExactly("fetch");
        assertThat(catalogue.snapshot().named("web__fetch")).hasSize(1);
    }

    /** Whoever says that all is ready can wait for it: else the next command finds no servers. */
    @Test
    void published_isWhenTheBrokerHasWhatWasRead() {
        fs.lists("read", "write");
        publisher.hold(TOPIC);
        Catalogue catalogue = start(RARELY, fs);
        catalogue.firstRead().join();

        CompletableFuture<Void> published = catalogue.published();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(publisher.sentTo(TOPIC)).hasSize(3));
        assertThat(published).isNotDone();

        publisher.release();
        assertThat(published).succeedsWithin(PATIENCE);
    }

    @Test
    void published_whereTheTopicCannotBeWritten_isOverAllTheSame() {
        fs.lists("read");
        publisher.refuse(TOPIC, Kind.TRANSIENT, Kind.TRANSIENT);
        Catalogue catalogue = start(RARELY, fs);
        catalogue.firstRead().join();

        assertThat(catalogue.published()).succeedsWithin(PATIENCE);
    }

    @Test
    void start_serverThatIsDown_leavesTheOthers() {
        fs.isDown();
        web.lists("fetch");

        Catalogue catalogue = start(RARELY, fs, web);
        catalogue.firstRead().join();

        assertThat(server(catalogue, "fs").isKnown()).isFalse();
        assertThat(server(catalogue, "fs").condition().health()).isEqualTo(Health.UNHEALTHY);
        assertThat(server(catalogue, "fs").condition().reason()).contains("connection refused");
        assertThat(tools(catalogue, "web")).containsExactly("fetch");
    }

    @Test
    void start_serverThatHangs_leavesTheOthers() {
        fs.onList = CompletableFuture::new;
        web.lists("fetch");

        Catalogue catalogue = start(RARELY, fs, web);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tools(catalogue, "web")).containsExactly("fetch"));
        assertThat(catalogue.firstRead()).isNotDone();
        assertThat(server(catalogue, "fs").condition().health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void reading_serverThatGoesDown_keepsItsTools() {
        fs.lists("read");
        Catalogue catalogue = start(OFTEN, fs);
        catalogue.firstRead().join();

        fs.isDown();

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(server(catalogue, "fs").condition().health()).isEqualTo(Health.UNHEALTHY));
        assertThat(tools(catalogue, "fs")).containsExactly("read");
    }

    @Test
    void reading_serverThatComesBack_isHealthyAgain() {
        fs.isDown();
        Catalogue catalogue = start(OFTEN, fs);
        catalogue.firstRead().join();

        fs.lists("read");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tools(catalogue, "fs")).containsExactly("read"));
        assertThat(server(catalogue, "fs").condition().health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void reading_unchangedDefinition_keepsItsCompiledTool() {
        fs.lists("read");
        Catalogue catalogue = start(WHEN_ASKED, fs);
        catalogue.firstRead().join();
        Tool before = server(catalogue, "fs").tools().get("read");

        fs.lists("read", "write");
        catalogue.refresh("fs").join();

        assertThat(tools(catalogue, "fs")).containsExactlyInAnyOrder("read", "write");
        assertThat(server(catalogue, "fs").tools().get("read")).isSameAs(before);
    }

    @Test
    void reading_schemaThatCannotBeUsed_disablesThatToolAlone() {
        List<ToolDefinition> listed =
                List.of(ToolFixtures.definition("good"), ToolFixtures.definition("bad", "{\"type\":17}"));
        fs.onList = () -> CompletableFuture.completedFuture(listed);

        Catalogue catalogue = start(RARELY, fs);
        catalogue.firstRead().join();

        assertThat(tools(catalogue, "fs")).containsExactly("good");
        assertThat(server(catalogue, "fs").disabled()).containsOnlyKeys("bad");
    }

    @Test
    void refresh_justAfterAReading_readsNothing() {
        AtomicInteger readings = new AtomicInteger();
        fs.onList = () -> {
            readings.incrementAndGet();
            return CompletableFuture.completedFuture(List.of());
        };
        Catalogue catalogue = start(RARELY, fs);
        catalogue.firstRead().join();

        for (int i = 0; i < 100; i++) {
            catalogue.refresh("fs").join();
        }

        assertThat(readings).hasValue(1);
    }

    @Test
    void refresh_whileAReadingHangs_isNotHeldForLong() {
        fs.onList = CompletableFuture::new;
        Catalogue catalogue = start(RARELY, fs);

        long beganNanos = System.nanoTime();
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            waiting.add(catalogue.refresh("fs"));
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(waiting.stream().filter(CompletableFuture::isDone))
                        .as("those beyond the few that may wait")
                        .hasSizeGreaterThanOrEqualTo(450));
        CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).join();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos))
                .isBetween(200L, 30_000L);
    }

    @Test
    void refresh_ofAServerThereIsNot_completes() {
        assertThat(start(RARELY, fs).refresh("nobody")).isCompleted();
    }

    @Test
    void publishing_writesServersAndToolsAndClearsWhatIsGone() {
        CatalogueCodec codec = new CatalogueCodec();
        standing.add(inbound(codec.encode(new OfTool("removed", "old", RawJson.EMPTY_OBJECT, "d"))));
        fs.lists("read", "write");
        Catalogue catalogue = start(WHEN_ASKED, fs);
        catalogue.firstRead().join();
        fs.lists("read");
        catalogue.refresh("fs").join();

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(keys(false)).contains(key(codec.encodeRemoval(new CatalogueKey("fs", "write")))));
        assertThat(keys(false)).contains(key(codec.encodeRemoval(new CatalogueKey("removed", "old"))));
        assertThat(keys(true))
                .contains("[\"fs\"]", "[\"fs\",\"read\"]", "[\"fs\",\"write\"]")
                .doesNotContain("[\"removed\",\"old\"]");
    }

    @Test
    void publishing_toolsOfAServerThatIsDown_stay() {
        CatalogueCodec codec = new CatalogueCodec();
        standing.add(inbound(codec.encode(new OfTool("fs", "read", RawJson.EMPTY_OBJECT, "d"))));
        fs.isDown();

        start(RARELY, fs).firstRead().join();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(keys(true)).contains("[\"fs\"]"));
        assertThat(keys(false)).isEmpty();
    }

    private Catalogue start(ReadTimes times, FakeToolServer... servers) {
        List<CatalogueSource> sources = new ArrayList<>();
        for (FakeToolServer server : servers) {
            sources.add(new CatalogueSource(server, Transport.HTTP, definition -> Effect.ONCE, times));
        }
        CatalogueWriter writer = CatalogueWriter.start(
                publisher,
                TOPIC,
                standing::forEach,
                sources.stream().map(CatalogueSource::name).collect(Collectors.toSet()),
                new ManualClock());
        Catalogue catalogue = Catalogue.start(writer, CatalogueObserver.NONE, new SplittableRandom(1));
        catalogue.serve(sources);
        started.add(catalogue);
        return catalogue;
    }

    private List<String> keys(boolean withValue) {
        return publisher.sentTo(TOPIC).stream()
                .filter(sent -> (sent.record().value() != null) == withValue)
                .map(sent -> key(sent.record()))
                .toList();
    }

    private static String key(OutboundRecord record) {
        return new String(record.key(), UTF_8);
    }

    private static InboundRecord inbound(OutboundRecord record) {
        return new InboundRecord(new RecordPosition(TOPIC, 0, 0), 0, record.key(), record.value(), record.headers());
    }

    private static ServerTools server(Catalogue catalogue, String name) {
        return catalogue.snapshot().server(name).orElseThrow();
    }

    private static Iterable<String> tools(Catalogue catalogue, String name) {
        return server(catalogue, name).tools().keySet();
    }
}
