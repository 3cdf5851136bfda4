package io.toolstream.settings.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One tool server of the operator's file, expanded and checked. */
public sealed interface ServerEntry {
    String name();

    /** Whether it is on this machine or in the private network, as far as its address tells without asking DNS. */
    boolean isNear();

    /** Whether a server is spoken to in HTTP/2. */
    enum Http2 {
        /** Over TLS, if the server chooses it. */
        AUTO,
        /** Nothing else; without TLS by prior knowledge. */
        ALWAYS,
        NEVER
    }

    /**
     * A Streamable HTTP endpoint, or several that do the same.
     *
     * @param urls of its replicas, at least one
     * @param oauth for access tokens; null if the server wants none, or a fixed one that is among the headers
     */
    record Http(
            String name,
            List<URI> urls,
            Map<String, String> headers,
            Http2 http2,
            @Nullable OAuthEntry oauth) implements ServerEntry {
        public Http {
            urls = List.copyOf(urls);
            headers = Map.copyOf(headers);
            if (urls.isEmpty()) {
                throw new IllegalArgumentException("server " + name + " has no url");
            }
        }

        public Http(String name, URI url, Map<String, String> headers) {
            this(name, List.of(url), headers, Http2.AUTO);
        }

        public Http(String name, List<URI> urls, Map<String, String> headers, Http2 http2) {
            this(name, urls, headers, http2, null);
        }

        /** The first. */
        public URI url() {
            return urls.get(0);
        }

        @Override
        public boolean isNear() {
            return urls.stream().allMatch(url -> NearHosts.contains(url.getHost()));
        }

        /** Without header values, which may be secret. */
        @Override
        public String toString() {
            return "Http[" + name + ", " + url().getHost() + "]";
        }
    }

    /** A server that is spoken to over one WebSocket. */
    record WebSocket(String name, URI url, Map<String, String> headers) implements ServerEntry {
        public WebSocket {
            headers = Map.copyOf(headers);
        }

        @Override
        public boolean isNear() {
            return NearHosts.contains(url.getHost());
        }

        /** Without header values, which may be secret. */
        @Override
        public String toString() {
            return "WebSocket[" + name + ", " + url.getHost() + "]";
        }
    }

    /** A child process; argv without a shell. */
    record Stdio(
            String name,
            List<String> command,
            Map<String, String> environment,
            @Nullable Path directory) implements ServerEntry {
        public Stdio {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        @Override
        public boolean isNear() {
            return true;
        }

        /** Without arguments and environment, which may be secret. */
        @Override
        public String toString() {
            return "Stdio[" + name + ", " + command.get(0) + "]";
        }
    }
}
