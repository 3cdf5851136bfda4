package io.toolstream.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.WindowLength;
import io.toolstream.wire.WindowMetrics.Window;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which windows somebody asks for, as the query of a URL: {@code window} (10s, 1m, 5m; 1m by default), {@code scope} (total,
 * server, tool), {@code server}, {@code tool}, and {@code from} and {@code to}, epoch ms.
 */
record WindowQuery(
        WindowLength length,
        MetricsScope.@Nullable Kind kind,
        @Nullable String server,
        @Nullable String tool,
        long fromMillis,
        long toMillis)
        implements Predicate<Window> {
    /** @throws IllegalArgumentException with a message for people, if it cannot be understood */
    static WindowQuery of(String query) {
        Map<String, String> fields = fields(query);
        WindowQuery wanted = new WindowQuery(
                one("window", fields.remove("window"), WindowLength.values(), WindowLength.MINUTE),
                kind(fields.remove("scope")),
                fields.remove("server"),
                fields.remove("tool"),
                millis("from", fields.remove("from"), 0),
                millis("to", fields.remove("to"), Long.MAX_VALUE));
        if (!fields.isEmpty()) {
            throw new IllegalArgumentException(
                    fields.keySet() + ": not known; there are window, scope, server, tool, from, to");
        }
        return wanted;
    }

    private static Map<String, String> fields(String query) {
        Map<String, String> fields = new HashMap<>();
        for (String field : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] parts = field.split("=", 2);
            fields.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    private static WindowLength one(String name, @Nullable String text, WindowLength[] lengths, WindowLength ifAbsent) {
        return text == null
                ? ifAbsent
                : Arrays.stream(lengths)
                        .filter(length -> length.text().equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(name + ": 10s, 1m or 5m expected"));
    }

    private static MetricsScope.@Nullable Kind kind(@Nullable String text) {
        return text == null
                ? null
                : Arrays.stream(MetricsScope.Kind.values())
                        .filter(kind -> kind.text().equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("scope: total, server or tool expected"));
    }

    private static long millis(String name, @Nullable String text, long ifAbsent) {
        if (text == null) {
            return ifAbsent;
        }
        if (!text.matches("[0-9]{1,15}")) {
            throw new IllegalArgumentException(name + ": milliseconds since 1970 expected");
        }
        return Long.parseLong(text);
    }

    /** Windows that have a part in the time asked for. */
    @Override
    public boolean test(Window window) {
        MetricsScope scope = window.scope();
        return window.length() == length
                && (kind == null || scope.kind() == kind)
                && (server == null || server.equals(scope.server()))
                && (tool == null || tool.equals(scope.tool()))
                && window.endMillis() > fromMillis
                && window.startMillis() < toMillis;
    }
}
