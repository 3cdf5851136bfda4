package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/**
 * What figures are about: one tool, one server, or everything.
 *
 * @param server null: everything
 * @param tool null: all tools of the server
 */
public record MetricsScope(
        @Nullable String server, @Nullable String tool) {
    public static final MetricsScope TOTAL = new MetricsScope(null, null);

    /** Stands for a server or tool that nobody knows, or for those beyond the number that is told apart. */
    public static final String OTHER = "(other)";

    public MetricsScope {
        if (server == null && tool != null) {
            throw new IllegalArgumentException("a tool without its server");
        }
    }

    public static MetricsScope server(String name) {
        return new MetricsScope(name, null);
    }

    /** How much it covers. */
    public Kind kind() {
        if (server == null) {
            return Kind.TOTAL;
        }
        return tool == null ? Kind.SERVER : Kind.TOOL;
    }

    /** How much a scope covers; lower case on the wire. */
    public enum Kind {
        TOTAL("total"),
        SERVER("server"),
        TOOL("tool");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
