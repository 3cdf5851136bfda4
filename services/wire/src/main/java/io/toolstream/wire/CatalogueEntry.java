package io.toolstream.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the catalogue topic says of one tool server, of one tool, or of a tool server as one worker finds it. */
public sealed interface CatalogueEntry {
    CatalogueKey key();

    /**
     * One tool server.
     *
     * @param protocolVersion the MCP revision agreed on, once it was
     * @param listed its tools
     * @param updatedAtMillis epoch ms
     */
    record OfServer(
            String name,
            Transport transport,
            Condition condition,
            @Nullable String protocolVersion,
            Listed listed,
            long updatedAtMillis)
            implements CatalogueEntry {
        /** Of which nothing is known but how many tools it has. */
        public OfServer(
                String name,
                Transport transport,
                Condition condition,
                @Nullable String protocolVersion,
                int tools,
                long updatedAtMillis) {
            this(name, transport, condition, protocolVersion, new Listed(tools, Map.of(), null), updatedAtMillis);
        }

        /** How many tools it lists that can be called. */
        public int tools() {
            return listed.tools();
        }

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
     * @param effect as decided by the worker: {@code read}, {@code idempotent} or {@code once}; null where it did not say
     * @param cacheable whether workers may answer its calls with what they know already
     */
    record OfTool(
            String server,
            String name,
            RawJson definition,
            String digest,
            @Nullable String effect,
            boolean cacheable) implements CatalogueEntry {
        /** Whose answers are not kept. */
        public OfTool(String server, String name, RawJson definition, String digest, @Nullable String effect) {
            this(server, name, definition, digest, effect, false);
        }

        /** Without a word on its effect. */
        public OfTool(String server, String name, RawJson definition, String digest) {
            this(server, name, definition, digest, null);
        }

        @Override
        public CatalogueKey key() {
            return new CatalogueKey(server, name);
        }
    }

    /**
     * One tool server as one worker finds it: written by that worker, when something changes and now and then.
     *
     * @param inFlight calls of this worker on it
     * @param endpoints in the operator's order
     * @param updatedAtMillis epoch ms
     */
    record AtWorker(String server, String worker, long inFlight, List<EndpointState> endpoints, long updatedAtMillis)
            implements CatalogueEntry {
        public AtWorker {
            endpoints = List.copyOf(endpoints);
        }

        @Override
        public CatalogueKey key() {
            return new CatalogueKey(server, null, worker);
        }
    }

    /**
     * What a server lists.
     *
     * @param tools how many that can be called
     * @param disabled those that cannot be called, with the reason
     * @param drift the last time its tools became others, if they did since the worker's start
     */
    record Listed(
            int tools,
            Map<String, String> disabled,
            @Nullable Drift drift) {
        public Listed {
            disabled = Map.copyOf(disabled);
        }
    }

    /**
     * Tools that became others: names, not all of them where they are many.
     *
     * @param atMillis epoch ms
     */
    record Drift(long atMillis, List<String> added, List<String> removed, List<String> changed) {
        public Drift {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            changed = List.copyOf(changed);
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
