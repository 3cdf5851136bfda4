package io.toolstream.mcp;

import java.util.concurrent.CompletableFuture;

/** The door of this library: makes {@link ToolServer}s that share event loops. Threads start with the first server. */
public final class McpClient {
    private final McpClientSettings settings;

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
        if (server.name().isEmpty()) {
            throw new IllegalArgumentException("a tool server needs a name");
        }
        return serverOf(server);
    }

    private ToolServer serverOf(ServerSpec server) {
        throw new UnsupportedOperationException("not yet: " + server + " with " + settings);
    }

    /** Closes every server opened here, then the threads. Completes when nothing is left. */
    public CompletableFuture<Void> close() {
        return CompletableFuture.completedFuture(null);
    }
}
