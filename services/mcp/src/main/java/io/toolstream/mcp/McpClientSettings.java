package io.toolstream.mcp;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything a {@link McpClient} can be told; immutable and checked when made. Each part has a {@code DEFAULT}.
 *
 * @param sharing of event loops, and of connections that carry many requests at once
 */
public record McpClientSettings(
        Identity identity, TimeLimits times, Pool pool, AnswerLimits answers, StdioSettings stdio, Sharing sharing) {
    public static final McpClientSettings DEFAULT = new McpClientSettings(
            Identity.DEFAULT,
            TimeLimits.DEFAULT,
            Pool.DEFAULT,
            AnswerLimits.DEFAULT,
            StdioSettings.DEFAULT,
            Sharing.DEFAULT);

    public McpClientSettings withIdentity(Identity other) {
        return new McpClientSettings(other, times, pool, answers, stdio, sharing);
    }

    public McpClientSettings withTimes(TimeLimits other) {
        return new McpClientSettings(identity, other, pool, answers, stdio, sharing);
    }

    public McpClientSettings withPool(Pool other) {
        return new McpClientSettings(identity, times, other, answers, stdio, sharing);
    }

    public McpClientSettings withAnswers(AnswerLimits other) {
        return new McpClientSettings(identity, times, pool, other, stdio, sharing);
    }

    public McpClientSettings withStdio(StdioSettings other) {
        return new McpClientSettings(identity, times, pool, answers, other, sharing);
    }

    public McpClientSettings withSharing(Sharing other) {
        return new McpClientSettings(identity, times, pool, answers, stdio, other);
    }

    public McpClientSettings withIoThreads(int other) {
        return withSharing(new Sharing(
                other,
                sharing.maxInFlight(),
                sharing.outboundBytes(),
                sharing.pingAfter(),
                sharing.pingWait(),
                sharing.sockets()));
    }

    public McpClientSettings withSockets(Sockets other) {
        return withSharing(new Sharing(
                sharing.ioThreads(),
                sharing.maxInFlight(),
                sharing.outboundBytes(),
                sharing.pingAfter(),
                sharing.pingWait(),
                other));
    }

    /** Whose sockets carry HTTP and WebSocket. */
    public enum Sockets {
        /** Linux' own (epoll) where their library can be loaded, Java's elsewhere. */
        NATIVE,
        /** Java's (NIO). */
        JAVA
    }

    /**
     * Who we say we are.
     *
     * @param trustedCertificates a PEM file of certificate authorities for https, instead of the JDK's
     */
    public record Identity(
            String name, String version, @Nullable Path trustedCertificates) {
        public static final Identity DEFAULT = new Identity("toolstream", "0.1.0", null);

        public Identity {
            Require.token("name", name);
            Require.token("version", version);
        }
    }

    /**
     * Time limits of a request.
     *
     * @param connect until a connection is established, TLS included
     * @param firstByte from the request's last byte to the answer's first; a server that answers when its tool is done
     *     sends nothing before
     * @param idle between two bytes of an answer
     * @param total for a request, whatever its own time-out says
     * @param handshake for all of {@code initialize}, connection included
     * @param probe for {@link ToolServer#probe()}
     */
    public record TimeLimits(
            Duration connect, Duration firstByte, Duration idle, Duration total, Duration handshake, Duration probe) {
        public static final TimeLimits DEFAULT = new TimeLimits(
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5));

        public TimeLimits {
            Require.positive("connect", connect);
            Require.positive("firstByte", firstByte);
            Require.positive("idle", idle);
            Require.positive("total", total);
            Require.positive("handshake", handshake);
            Require.positive("probe", probe);
        }
    }

    /**
     * HTTP connections to one server.
     *
     * @param maxConnections open at once, over all event loops
     * @param minConnections kept open once the server has been used
     * @param maxWaiting requests that may wait for a connection; more are refused at once
     * @param acquireWait how long they wait
     * @param lifetime after which a connection is not used again
     */
    public record Pool(
            int maxConnections,
            int minConnections,
            int maxWaiting,
            Duration acquireWait,
            Duration lifetime,
            IdleLimits idle) {
        public static final Pool DEFAULT =
                new Pool(64, 0, 1024, Duration.ofSeconds(2), Duration.ofMinutes(10), IdleLimits.DEFAULT);

        public Pool {
            Require.atLeast("maxConnections", maxConnections, 1);
            Require.atLeast("minConnections", minConnections, 0);
            Require.that(minConnections <= maxConnections, "minConnections must not exceed maxConnections");
            Require.atLeast("maxWaiting", maxWaiting, 0);
            Require.positive("acquireWait", acquireWait);
            Require.positive("lifetime", lifetime);
        }
    }

    /**
     * What is shared: event loops by all servers, an HTTP/2 or WebSocket connection by many requests.
     *
     * @param ioThreads event loops
     * @param maxInFlight requests at once over one connection; the server may allow fewer
     * @param outboundBytes that wait to be sent over one WebSocket
     * @param pingAfter silence with requests under way after which the connection is pinged
     * @param pingWait more silence after which it is given up
     * @param sockets Netty's own property {@code io.netty.transport.noNative=true} makes them Java's everywhere
     */
    public record Sharing(
            int ioThreads, int maxInFlight, int outboundBytes, Duration pingAfter, Duration pingWait, Sockets sockets) {
        public static final Sharing DEFAULT =
                new Sharing(2, 256, 8 << 20, Duration.ofSeconds(15), Duration.ofSeconds(10), Sockets.NATIVE);

        public Sharing {
            Require.atLeast("ioThreads", ioThreads, 1);
            Require.atLeast("maxInFlight", maxInFlight, 1);
            Require.atLeast("outboundBytes", outboundBytes, 1);
            Require.positive("pingAfter", pingAfter);
            Require.positive("pingWait", pingWait);
        }
    }

    /**
     * How long an unused connection is kept. It must be shorter than the server keeps it, or its closing races our next
     * request.
     *
     * @param limit never longer than this
     * @param unannounced where the server does not announce {@code Keep-Alive: timeout}; Node closes after 5 s
     */
    public record IdleLimits(Duration limit, Duration unannounced) {
        public static final IdleLimits DEFAULT = new IdleLimits(Duration.ofMinutes(5), Duration.ofSeconds(4));

        public IdleLimits {
            Require.positive("limit", limit);
            Require.positive("unannounced", unannounced);
        }
    }

    /**
     * What is accepted from a server; all of it is enforced while it streams in.
     *
     * @param resultBytes the {@code result} of a tool call
     * @param pageBytes one page of {@code tools/list}
     * @param pages of one list
     * @param tools of one server
     * @param depth of nesting in JSON
     */
    public record AnswerLimits(int resultBytes, int pageBytes, int pages, int tools, int depth) {
        public static final AnswerLimits DEFAULT = new AnswerLimits(1 << 20, 8 << 20, 100, 10_000, 200);

        public AnswerLimits {
            Require.atLeast("resultBytes", resultBytes, 1);
            Require.atLeast("pageBytes", pageBytes, 1);
            Require.atLeast("pages", pages, 1);
            Require.atLeast("tools", tools, 1);
            Require.atLeast("depth", depth, 8);
        }
    }
}
