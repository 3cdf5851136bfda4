package io.toolstream.mcp;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One tool server, whatever its transport, era and number of connections. Any thread may call; nothing blocks, nothing
 * throws; futures complete on an I/O thread, exceptionally with an {@link McpException} only. Connections are made when
 * first needed and again after a failure.
 */
public interface ToolServer {
    String name();

    /**
     * Calls a tool. The future always completes within the request's time-out. Cancelling it frees the slot and tells the
     * server, as its era asks.
     */
    CompletableFuture<ToolResult> call(ToolRequest request);

    /** Reads all pages of {@code tools/list}. */
    CompletableFuture<List<ToolDefinition>> listTools();

    /** Asks whether the server answers (ping, or what its era has for it). */
    CompletableFuture<Void> probe();

    /** Counts of now. */
    ConnectionStats stats();

    /** What came unasked. */
    default AnomalyCounts anomalies() {
        return AnomalyCounts.NONE;
    }

    /** Ends connections and children: gently at first, then by force. Completes when nothing is left. */
    CompletableFuture<Void> close();
}
