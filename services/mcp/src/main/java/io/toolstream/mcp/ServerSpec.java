package io.toolstream.mcp;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a tool server is reached: from the operator's file and from nowhere else. */
public sealed interface ServerSpec {
    String name();

    /** Whether to speak HTTP/2. */
    enum Http2 {
        /** Over TLS, if the server chooses it. */
        AUTO,
        /** Nothing else; without TLS by prior knowledge. */
        ALWAYS,
        NEVER
    }

    /**
     * A Streamable HTTP endpoint; {@code headers} go out with every request and to no other origin.
     *
     * @param credentials for access tokens; null if the server wants none, or a fixed one that is among the headers
     */
    record Http(
            String name,
            URI url,
            Map<String, String> headers,
            Http2 http2,
            @Nullable ClientCredentials credentials) implements ServerSpec {
        public Http(String name, URI url, Map<String, String> headers) {
            this(name, url, headers, Http2.AUTO, null);
        }

        public Http(String name, URI url, Map<String, String> headers, Http2 http2) {
            this(name, url, headers, http2, null);
        }

        public Http {
            headers = Map.copyOf(headers);
            Require.that(
                    credentials == null || headers.keySet().stream().noneMatch("authorization"::equalsIgnoreCase),
                    "server " + name + " has both credentials and a fixed Authorization header");
        }

        /** Without header values, which may be secret. */
        @Override
        public String toString() {
            return "Http[" + name + ", " + url + "]";
        }
    }

    /**
     * Many requests over one WebSocket ({@code ws:} or {@code wss:}), which no revision of the protocol describes: see
     * {@code docs/mcp-transports.md}. {@code headers} go out with the opening handshake.
     */
    record WebSocket(String name, URI url, Map<String, String> headers) implements ServerSpec {
        public WebSocket {
            headers = Map.copyOf(headers);
        }

        /** Without header values, which may be secret. */
        @Override
        public String toString() {
            return "WebSocket[" + name + ", " + url + "]";
        }
    }

    /**
     * Several servers that do the same, seen as one.
     *
     * @param isSpread whether those with equally much to do take turns; else the first ones are used first, and the others
     *     only when it is needed
     */
    record Replicas(String name, List<ServerSpec> replicas, boolean isSpread) implements ServerSpec {
        public Replicas {
            replicas = List.copyOf(replicas);
            Require.that(!replicas.isEmpty(), "server " + name + " has no replicas");
        }
    }

    /** A child process; argv without a shell; its environment is {@code environment} and a small fixed set, never ours. */
    record Stdio(
            String name,
            List<String> command,
            Map<String, String> environment,
            @Nullable Path directory) implements ServerSpec {
        public Stdio {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        /** Without arguments and environment, which may be secret. */
        @Override
        public String toString() {
            return "Stdio[" + name + ", " + command.get(0) + "]";
        }
    }
}
