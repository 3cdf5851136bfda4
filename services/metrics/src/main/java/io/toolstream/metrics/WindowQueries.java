package io.toolstream.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.client.metrics.FollowedWindow;
import io.toolstream.client.metrics.MetricsTable;
import io.toolstream.runtime.admin.AdminActions;
import io.toolstream.runtime.admin.AdminAnswer;
import io.toolstream.wire.MetricsScope;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the app answers over HTTP: {@code GET /windows?…}, all records asked for, and {@code GET /windows/now?…}, of each
 * scope the last. Each instance reads the whole metrics topic, so that any of them answers for all. Any thread.
 */
final class WindowQueries {
    private static final int MOST = 10_000;

    private final MetricsTable table;

    WindowQueries(MetricsTable table) {
        this.table = table;
    }

    void addTo(AdminActions actions) {
        actions.look("/windows", query -> answer(() -> table.find(WindowQuery.of(query))));
        actions.look("/windows/now", query -> answer(() -> last(table.find(WindowQuery.of(query)))));
    }

    private static Collection<FollowedWindow> last(List<FollowedWindow> found) {
        Map<MetricsScope, FollowedWindow> last = new LinkedHashMap<>();
        for (FollowedWindow followed : found) {
            last.merge(
                    followed.window().scope(),
                    followed,
                    (one, other) -> other.window().startMillis() > one.window().startMillis() ? other : one);
        }
        return last.values();
    }

    private static AdminAnswer answer(Supplier<Collection<FollowedWindow>> search) {
        Collection<FollowedWindow> found;
        try {
            found = search.get();
        } catch (IllegalArgumentException e) {
            return AdminAnswer.text(400, e.getMessage() + "\n");
        }
        if (found.size() > MOST) {
            return AdminAnswer.text(400, "more than " + MOST + " records: ask for less\n");
        }
        return AdminAnswer.json(
                200,
                found.stream()
                        .map(followed -> new String(
                                Objects.requireNonNull(followed.record().value()), UTF_8))
                        .collect(Collectors.joining(",\n", "{\"windows\":[", "]}\n")));
    }
}
