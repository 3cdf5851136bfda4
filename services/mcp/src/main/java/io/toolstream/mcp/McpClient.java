package io.toolstream.mcp;

import io.toolstream.mcp.auth.AuthorizedTransport;
import io.toolstream.mcp.http.HttpTransport;
import io.toolstream.mcp.protocol.ConnectedToolServer;
import io.toolstream.mcp.protocol.HangWatch;
import io.toolstream.mcp.replica.ReplicatedToolServer;
import io.toolstream.mcp.stdio.StdioTransport;
import io.toolstream.mcp.transport.Transport;
import io.toolstream.mcp.websocket.WebSocketTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The door of this library: makes {@link ToolServer}s that share event loops. Any thread; nothing blocks. Threads start
 * with the first server that needs them.
 */
public final class McpClient {
    private final McpClientSettings settings;
    private final ClientOffers offers;
    private final Object lock = new Object();
    private final List<ToolServer> servers = new ArrayList<>(); // guarded by lock
    private @Nullable HttpThreads http; // guarded by lock
    private @Nullable StdioThreads stdio; // guarded by lock
    private boolean isClosed; // guarded by lock

    private McpClient(McpClientSettings settings, ClientOffers offers) {
        this.settings = settings;
        this.offers = offers;
    }

    /** A client that calls tools and does nothing else for their servers. */
    public static McpClient create(McpClientSettings settings) {
        return create(settings, ClientOffers.NONE);
    }

    public static McpClient create(McpClientSettings settings, ClientOffers offers) {
        return new McpClient(settings, offers);
    }

    /**
     * The tool server of a specification. Nothing is connected or started yet.
     *
     * @throws IllegalArgumentException if the specification makes no sense: a URL of another scheme, a header that
     *     may not be set or holds a line break, an empty command
     * @throws IllegalStateException after {@link #close()}
     */
    public ToolServer open(ServerSpec server) {
        return open(server, settings);
    }

    /** With settings of its own; who we are and what is shared by all servers stays as the client was told. */
    public ToolServer open(ServerSpec server, McpClientSettings own) {
        synchronized (lock) {
            if (isClosed) {
                throw new IllegalStateException("the client is closed");
            }
            ToolServer opened =
                    connected(server, own.withIdentity(settings.identity()).withSharing(settings.sharing()));
            servers.add(opened);
            return opened;
        }
    }

    /** Closes one of the servers opened here and forgets it. Completes when nothing of it is left. */
    public CompletableFuture<Void> close(ToolServer server) {
        synchronized (lock) {
            servers.remove(server);
        }
        return server.close();
    }

    private ToolServer connected(ServerSpec server, McpClientSettings own) {
        if (server instanceof ServerSpec.Http http) {
            return http(http, own);
        }
        if (server instanceof ServerSpec.WebSocket socket) {
            return webSocket(socket, own);
        }
        if (server instanceof ServerSpec.Replicas several) {
            List<ToolServer> each = several.replicas().stream()
                    .map(replica -> connected(replica, own))
                    .toList();
            return new ReplicatedToolServer(several.name(), each, several.isSpread());
        }
        return stdio((ServerSpec.Stdio) server, own);
    }

    private ToolServer http(ServerSpec.Http server, McpClientSettings own) {
        HttpTransport transport = new HttpTransport(server, own, httpThreads().resources(own.identity()));
        return view(server, own, authorized(server, transport), own.times().handshake(), HangWatch.none());
    }

    private ToolServer webSocket(ServerSpec.WebSocket server, McpClientSettings own) {
        WebSocketTransport transport =
                new WebSocketTransport(server, own, httpThreads().resources(own.identity()));
        return view(server, own, transport, own.times().handshake(), hangWatch(own));
    }

    private ToolServer stdio(ServerSpec.Stdio server, McpClientSettings own) {
        StdioTransport transport =
                new StdioTransport(server, own, stdioThreads().timer());
        return view(server, own, transport, own.stdio().startup(), hangWatch(own));
    }

    private ToolServer view(
            ServerSpec server, McpClientSettings own, Transport transport, Duration handshake, HangWatch hangs) {
        return new ConnectedToolServer(server.name(), own, offers, transport, handshake, hangs);
    }

    private static HangWatch hangWatch(McpClientSettings own) {
        return new HangWatch(own.stdio().tolerance().consecutiveTimeouts());
    }

    private Transport authorized(ServerSpec.Http server, Transport transport) {
        ClientCredentials credentials = server.credentials();
        return credentials == null
                ? transport
                : new AuthorizedTransport(
                        transport, server.url(), credentials, httpThreads().fetcher(settings.identity()));
    }

    private StdioThreads stdioThreads() {
        if (stdio == null) {
            stdio = new StdioThreads();
        }
        return stdio;
    }

    private HttpThreads httpThreads() {
        if (http == null) {
            http = new HttpThreads(settings.sharing());
        }
        return http;
    }

    /** Closes every server opened here, then the threads. Completes when nothing is left. */
    public CompletableFuture<Void> close() {
        List<ToolServer> opened;
        synchronized (lock) {
            isClosed = true;
            opened = List.copyOf(servers);
        }
        return CompletableFuture.allOf(opened.stream().map(ToolServer::close).toArray(CompletableFuture[]::new))
                .thenCompose(nothing -> closeThreads());
    }

    private CompletableFuture<Void> closeThreads() {
        synchronized (lock) {
            if (stdio != null) {
                stdio.close();
            }
            return http == null ? CompletableFuture.completedFuture(null) : http.close();
        }
    }
}
