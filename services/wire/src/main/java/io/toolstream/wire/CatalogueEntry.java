package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** What the catalogue topic says of one tool server or one tool. */
public sealed interface CatalogueEntry {
    CatalogueKey key();

    /**
     * One tool server.
     *
     * @param protocolVersion the MCP revision agreed on, once it was
     * @param tools how many tools it lists
     * @param updatedAtMillis epoch ms
     */
    record OfServer(
            String name,
            Transport transport,
            Condition condition,
            @Nullable String protocolVersion,
            int tools,
            long updatedAtMillis)
            implements CatalogueEntry {
        @Override
        public CatalogueKey key() {
            return new CatalogueKey(name, null);
        }
    }

    /**
     * One tool.
     *
     * @param definition the tool's entry of {@code tools/list}, as the bytes it came in
     * @param digest of the definition, hex
     */
    record OfTool(String server, String name, RawJson definition, String digest) implements CatalogueEntry {
        @Override
        public CatalogueKey key() {
            return new CatalogueKey(server, name);
        }
    }

    /** How a server is reached; lower case on the wire. */
    enum Transport {
        HTTP,
        STDIO
    }

    /** Whether a server answers; lower case on the wire. */
    enum Health {
        UNKNOWN,
        HEALTHY,
        UNHEALTHY
    }

    /** A server's health and, where it is unhealthy, the reason. */
    record Condition(Health health, @Nullable String reason) {}
}
