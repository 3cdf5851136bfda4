package io.toolstream.mcp;

import io.toolstream.mcp.http.HttpResources;
import io.toolstream.mcp.http.HttpTransport;
import io.toolstream.mcp.protocol.ConnectedToolServer;
import io.toolstream.mcp.transport.Anomalies;
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
    private final Object lock = new Object();
    private final List<ToolServer> servers = new ArrayList<>(); // guarded by lock
    private @Nullable HttpThreads http; // guarded by lock
    private boolean isClosed; // guarded by lock

    private McpClient(McpClientSettings settings) {
        this.settings = settings;
    }

    public static McpClient create(McpClientSettings settings) {
        return new McpClient(settings);
    }

    /**
     * The tool server of a specification. Nothing is connected or started yet.
     *
     * @throws IllegalArgumentException if the specification makes no sense: a URL that is not http(s), a header that
     *     may not be set or holds a line break, an empty command
     * @throws IllegalStateException after {@link #close()}
     */
    public ToolServer open(ServerSpec server) {
        synchronized (lock) {
            if (isClosed) {
                throw new IllegalStateException("the client is closed");
            }
            ToolServer opened = connected(server);
            servers.add(opened);
            return opened;
        }
    }

    private ToolServer connected(ServerSpec server) {
        Anomalies anomalies = new Anomalies();
        if (server instanceof ServerSpec.Http http) {
            HttpResources resources = httpThreads().resources(settings.identity(), anomalies);
            HttpTransport transport = new HttpTransport(http, settings, resources);
            return new ConnectedToolServer(
                    server.name(),
                    settings,
                    transport,
                    anomalies,
                    settings.times().handshake());
        }
        throw new UnsupportedOperationException("not yet: " + server);
    }

    private HttpThreads httpThreads() {
        if (http == null) {
            http = new HttpThreads(settings.ioThreads());
        }
        return http;
    }

    /** Closes every server opened here, then the threads. Completes when nothing is left. */
    public CompletableFuture<Void> close() {
        List<ToolServer> opened;
        HttpThreads threads;
        synchronized (lock) {
            isClosed = true;
            opened = List.copyOf(servers);
            threads = http;
        }
        CompletableFuture<Void> ended =
                CompletableFuture.allOf(opened.stream().map(ToolServer::close).toArray(CompletableFuture[]::new));
        return threads == null ? ended : ended.thenCompose(nothing -> threads.close());
    }
}
