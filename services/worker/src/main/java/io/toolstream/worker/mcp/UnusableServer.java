package io.toolstream.worker.mcp;

import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A configured server that cannot be used at all, and says why to everyone who asks. */
public record UnusableServer(String name, String reason) implements ToolServer {
    @Override
    public CompletableFuture<ToolResult> call(ToolRequest request) {
        return CompletableFuture.failedFuture(failure());
    }

    @Override
    public CompletableFuture<List<ToolDefinition>> listTools() {
        return CompletableFuture.failedFuture(failure());
    }

    @Override
    public CompletableFuture<Void> probe() {
        return CompletableFuture.failedFuture(failure());
    }

    @Override
    public ConnectionStats stats() {
        return ConnectionStats.NONE;
    }

    @Override
    public CompletableFuture<Void> close() {
        return CompletableFuture.completedFuture(null);
    }

    private McpException failure() {
        return new McpException(Kind.CONNECT, Delivery.NOT_SENT, reason, null);
    }
}
