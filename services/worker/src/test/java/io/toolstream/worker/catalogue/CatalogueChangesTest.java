package io.toolstream.worker.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.mcp.CatalogueDrift;
import io.toolstream.mcp.DroppedTool;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.settings.Effect;
import io.toolstream.wire.CatalogueEntry.Transport;
import io.toolstream.worker.fixture.FakePublisher;
import io.toolstream.worker.fixture.FakeToolServer;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.ToolFixtures;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tools that become others while the worker runs, and servers that come and go. */
@Timeout(60)
final class CatalogueChangesTest {
    /** An hour passes before a server is read by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final ReadTimes RARELY =
            new ReadTimes(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(300));

    private final FakeToolServer fs = new FakeToolServer("fs");
    private final FakeToolServer web = new FakeToolServer("web");
    private final List<CatalogueDrift> drifts = new CopyOnWriteArrayList<>();
    private final List<String> forgotten = new CopyOnWriteArrayList<>();
    private final FakePublisher publisher = new FakePublisher();
    private final Catalogue catalogue = Catalogue.start(
            CatalogueWriter.start(publisher, "catalogue", records -> {}, Set.of("fs", "web"), new ManualClock()),
            new CatalogueObserver() {
                @Override
                public void drifted(String server, CatalogueDrift drift) {
                    drifts.add(drift);
                }

                @Override
                public void forgotten(String server) {
                    forgotten.add(server);
                }
            },
            new SplittableRandom(1));

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void serverThatSaysItsToolsChanged_isReadAgainWithinASecond() {
        fs.lists("read");
        serve(source(fs));

        fs.lists("read", "write");
        fs.saysThatItsToolsChanged();

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(drifts).containsExactly(new CatalogueDrift(Set.of("write"), Set.of(), Set.of())));
        assertThat(tools("fs")).containsExactlyInAnyOrder("read", "write");
        assertThat(ReadTimes.LEAST_GAP).as("all there is to wait for").isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void whatIsSaidDuringAReading_isNotLost() throws Exception {
        CompletableFuture<List<ToolDefinition>> slow = new CompletableFuture<>();
        AtomicInteger readings = new AtomicInteger();
        fs.onList = () -> {
            readings.incrementAndGet();
            return slow;
        };
        catalogue.serve(List.of(source(fs)));
        await().atMost(PATIENCE).until(() -> readings.get() == 1);

        fs.saysThatItsToolsChanged();
        fs.lists("new");
        onTheCataloguesThread();
        slow.complete(List.of(ToolFixtures.definition("old")));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(tools("fs")).containsExactly("new"));
    }

    @Test
    void serverThatSaysItAllTheTime_isReadNowAndThen() {
        List<Long> readNanos = new CopyOnWriteArrayList<>();
        fs.onList = () -> {
            readNanos.add(System.nanoTime());
            return CompletableFuture.completedFuture(List.of());
        };
        serve(source(fs));

        while (readNanos.size() < 3) {
            fs.saysThatItsToolsChanged();
        }

        long leastNanos = ReadTimes.LEAST_GAP.minusMillis(1).toNanos(); // timers count in whole milliseconds
        assertThat(readNanos.get(1) - readNanos.get(0)).isGreaterThanOrEqualTo(leastNanos);
        assertThat(readNanos.get(2) - readNanos.get(1)).isGreaterThanOrEqualTo(leastNanos);
    }

    @Test
    void definitionThatChanges_isDrift_itsLayoutIsNot() {
        fs.onList = () ->
                CompletableFuture.completedFuture(List.of(ToolFixtures.definition("read", "{\"type\":\"object\"}")));
        serve(source(fs));
        String digest = digest("read");

        fs.onList = () -> CompletableFuture.completedFuture(
                List.of(ToolFixtures.definition("read", "{ \"type\" : \"object\" }")));
        readAgain();
        assertThat(digest("read")).isEqualTo(digest);
        assertThat(drifts).isEmpty();

        fs.onList = () -> CompletableFuture.completedFuture(
                List.of(ToolFixtures.definition("read", "{\"type\":\"object\",\"required\":[\"path\"]}")));
        readAgain();
        assertThat(digest("read")).isNotEqualTo(digest);
        assertThat(drifts).containsExactly(new CatalogueDrift(Set.of(), Set.of(), Set.of("read")));
    }

    @Test
    void toolsThatWereDropped_areDisabledForTheirReason() {
        fs.lists("read");
        fs.dropped =
                List.of(new DroppedTool("broken", "has no inputSchema"), new DroppedTool("read", "is listed twice"));

        serve(source(fs));

        assertThat(catalogue.snapshot().server("fs").orElseThrow().disabled())
                .containsOnlyKeys("broken")
                .containsEntry("broken", "has no inputSchema");
    }

    @Test
    void serve_keepsWhatIsTheSame_andForgetsWhatIsGone() {
        fs.lists("read");
        web.lists("fetch");
        CatalogueSource same = source(fs);
        serve(same, source(web));
        AtomicInteger readings = new AtomicInteger();
        fs.onList = () -> {
            readings.incrementAndGet();
            return CompletableFuture.completedFuture(List.of());
        };

        serve(same);

        assertThat(tools("fs")).containsExactly("read");
        assertThat(catalogue.snapshot().server("web")).isEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(forgotten).containsExactly("web"));
        assertThat(readings).hasValue(0);
        assertThat(fs.isWatched()).isTrue();
        assertThat(web.isWatched()).isFalse();
    }

    @Test
    void serve_sameNameOnAnotherServer_isReadAnew() {
        fs.lists("read");
        serve(source(fs));
        FakeToolServer other = new FakeToolServer("fs");
        other.lists("write");

        serve(source(other));

        assertThat(tools("fs")).containsExactly("write");
        assertThat(drifts).isEmpty();
        assertThat(forgotten).isEmpty();
    }

    private void serve(CatalogueSource... sources) {
        catalogue.serve(List.of(sources));
        catalogue.firstRead().join();
    }

    private void readAgain() {
        AtomicInteger readings = new AtomicInteger();
        var listing = fs.onList;
        fs.onList = () -> {
            readings.incrementAndGet();
            return listing.get();
        };
        fs.saysThatItsToolsChanged();
        await().atMost(PATIENCE).until(() -> readings.get() > 0);
        onTheCataloguesThread();
    }

    /** What was handed to it before has been done. */
    private void onTheCataloguesThread() {
        catalogue.refresh("fs").join();
    }

    private static CatalogueSource source(FakeToolServer server) {
        return new CatalogueSource(server, Transport.HTTP, definition -> Effect.ONCE, RARELY);
    }

    private Set<String> tools(String server) {
        return catalogue.snapshot().server(server).orElseThrow().tools().keySet();
    }

    private String digest(String tool) {
        return catalogue.snapshot().server("fs").orElseThrow().tools().values().stream()
                .filter(known -> known.name().equals(tool))
                .findFirst()
                .orElseThrow()
                .digest();
    }
}
