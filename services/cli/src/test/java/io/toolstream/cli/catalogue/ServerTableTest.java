package io.toolstream.cli.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.cli.text.Style;
import io.toolstream.client.Catalogue;
import io.toolstream.wire.CatalogueEntry.AtWorker;
import io.toolstream.wire.CatalogueEntry.Condition;
import io.toolstream.wire.CatalogueEntry.Health;
import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.CatalogueEntry.Transport;
import io.toolstream.wire.EndpointState;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServerTableTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final OfServer WEB =
            new OfServer("web", Transport.HTTP, new Condition(Health.HEALTHY, null), "2025-11-25", 3, NOW);
    private static final EndpointState WELL = new EndpointState(
            "web#1",
            new EndpointState.Condition("healthy", "answered", NOW - 60_000, NOW + 9_000),
            new EndpointState.Condition("closed", null, NOW - 60_000, null),
            new EndpointState.Connections(2, 1, 0, 3, 997),
            1_840L,
            "2025-11-25");
    private static final EndpointState ILL = new EndpointState(
            "web#2",
            new EndpointState.Condition("unhealthy", "no answer", NOW - 7_000, NOW + 900),
            new EndpointState.Condition("open", "3 failures within 30 s", NOW - 12_500, NOW + 3_400),
            new EndpointState.Connections(0, 0, 4, 0, 0),
            null,
            null);

    @Test
    void lineForEachEndpoint_withWhatStandsInTheWay() {
        Catalogue catalogue =
                new Catalogue(List.of(WEB), List.of(), List.of(new AtWorker("web", "w-1", 2, List.of(WELL, ILL), NOW)));

        assertThat(lines(catalogue)).hasSize(3);
        assertThat(lines(catalogue).get(0).split(" +"))
                .containsExactly(
                        "SERVER",
                        "TRANSPORT",
                        "HEALTH",
                        "BREAKER",
                        "CONNECTIONS",
                        "P50",
                        "TOOLS",
                        "PROTOCOL",
                        "REASON");
        assertThat(lines(catalogue).get(1).split("  +"))
                .containsExactly("web#1", "http", "healthy", "closed", "2 in use, 1 idle", "1.8 ms", "3", "2025-11-25");
        assertThat(lines(catalogue).get(2).split("  +"))
                .containsExactly(
                        "web#2",
                        "http",
                        "unhealthy",
                        "open for 12 s, next try in 3 s",
                        "0 in use, 0 idle, 4 waiting",
                        "3",
                        "3 failures within 30 s");
    }

    @Test
    void severalWorkers_areNamed_andThoseThatAreGoneLeftOut() {
        Catalogue catalogue = new Catalogue(
                List.of(WEB),
                List.of(),
                List.of(
                        new AtWorker("web", "gone", 0, List.of(ILL), NOW - 91_000),
                        new AtWorker("web", "w-1", 0, List.of(WELL), NOW - 31_000),
                        new AtWorker("web", "w-2", 0, List.of(WELL), NOW)));

        assertThat(lines(catalogue)).hasSize(3).noneMatch(line -> line.contains("gone"));
        assertThat(lines(catalogue).get(0)).startsWith("SERVER  WORKER  TRANSPORT");
        assertThat(lines(catalogue).get(2)).startsWith("web#1   w-2     http");
    }

    private static List<String> lines(Catalogue catalogue) {
        return ServerTable.of(catalogue, NOW).lines(Style.of(false)).stream()
                .map(String::stripTrailing)
                .toList();
    }
}
