package io.toolstream.cli.catalogue;

import io.toolstream.cli.text.Table;
import io.toolstream.client.Catalogue;
import io.toolstream.wire.CatalogueEntry.AtWorker;
import io.toolstream.wire.CatalogueEntry.OfServer;
import io.toolstream.wire.EndpointState;
import io.toolstream.wire.EndpointState.Condition;
import io.toolstream.wire.EndpointState.Connections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tool servers for people: a line for each, or for each of its endpoints at each worker, where these have said lately how
 * they find it.
 */
final class ServerTable {
    /** Workers speak every 30 s. */
    private static final Duration LATELY = Duration.ofSeconds(90);

    private static final String CLOSED = "closed";
    private static final String HEALTHY = "healthy";

    private final Catalogue catalogue;
    private final long nowMillis;
    private final boolean areSeveral;
    private final Table table;

    private ServerTable(Catalogue catalogue, long nowMillis) {
        this.catalogue = catalogue;
        this.nowMillis = nowMillis;
        this.areSeveral = catalogue.workers().stream()
                        .filter(view -> isOfLate(view, nowMillis))
                        .map(AtWorker::worker)
                        .distinct()
                        .count()
                > 1;
        List<String> titles = new ArrayList<>(List.of(
                "SERVER", "TRANSPORT", "HEALTH", "BREAKER", "CONNECTIONS", "P50", "TOOLS", "PROTOCOL", "REASON"));
        if (areSeveral) {
            titles.add(1, "WORKER");
        }
        this.table = new Table(titles.toArray(String[]::new));
    }

    static Table of(Catalogue catalogue, long nowMillis) {
        ServerTable servers = new ServerTable(catalogue, nowMillis);
        catalogue.servers().forEach(servers::add);
        return servers.table;
    }

    /** Views of workers that are there, as far as one can tell. */
    static List<AtWorker> views(Catalogue catalogue, String server, long nowMillis) {
        return catalogue.workersOf(server).stream()
                .filter(view -> isOfLate(view, nowMillis))
                .toList();
    }

    private static boolean isOfLate(AtWorker view, long nowMillis) {
        return nowMillis - view.updatedAtMillis() < LATELY.toMillis();
    }

    private void add(OfServer server) {
        List<AtWorker> views = views(catalogue, server.name(), nowMillis);
        views.forEach(view -> view.endpoints().forEach(endpoint -> row(server, view.worker(), endpoint)));
        if (views.isEmpty()) {
            row(
                    "",
                    server.name(),
                    lower(server.transport()),
                    lower(server.condition().health()),
                    "",
                    "",
                    "",
                    Integer.toString(server.tools()),
                    text(server.protocolVersion()),
                    text(server.condition().reason()));
        }
    }

    private void row(OfServer server, String worker, EndpointState endpoint) {
        row(
                worker,
                endpoint.name(),
                lower(server.transport()),
                endpoint.health().state(),
                breaker(endpoint.breaker()),
                connections(endpoint.connections()),
                time(endpoint.roundTripMicros()),
                Integer.toString(server.tools()),
                text(endpoint.protocolVersion()),
                reason(server, endpoint));
    }

    private void row(String worker, String server, String... further) {
        List<String> cells = new ArrayList<>(List.of(server));
        if (areSeveral) {
            cells.add(worker);
        }
        cells.addAll(List.of(further));
        table.row(cells.toArray(String[]::new));
    }

    /** Since when it is what it should not be, and until when. */
    private String breaker(Condition breaker) {
        if (breaker.state().equals(CLOSED)) {
            return CLOSED;
        }
        Long nextMillis = breaker.nextMillis();
        String since = breaker.state() + " for " + span(nowMillis - breaker.sinceMillis());
        return nextMillis == null ? since : since + ", next try in " + span(nextMillis - nowMillis);
    }

    private static String span(long millis) {
        long seconds = Math.max(0, millis) / 1_000;
        return seconds < 120 ? seconds + " s" : seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
    }

    private static String connections(Connections connections) {
        String use = connections.inUse() + " in use, " + connections.idle() + " idle";
        return connections.waiting() == 0 ? use : use + ", " + connections.waiting() + " waiting";
    }

    private static String time(@Nullable Long micros) {
        return micros == null ? "" : String.format(Locale.ROOT, "%.1f ms", micros / 1_000.0);
    }

    /** Of what stands in the way of calls first. */
    private static String reason(OfServer server, EndpointState endpoint) {
        if (!endpoint.breaker().state().equals(CLOSED)) {
            return text(endpoint.breaker().cause());
        }
        return endpoint.health().state().equals(HEALTHY)
                ? text(server.condition().reason())
                : text(endpoint.health().cause());
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
