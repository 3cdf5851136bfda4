package io.toolstream.mcp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

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

    /**
     * Goes on with a task until it has ended or the time-out has passed. Cancelling the future cancels the task. A server
     * that knows no tasks answers with a failure.
     */
    default CompletableFuture<ToolResult> resume(TaskHandle task, Duration timeout, CallListener listener) {
        return CompletableFuture.failedFuture(new McpException(
                McpException.Kind.PROTOCOL, McpException.Delivery.NOT_SENT, name() + " knows no tasks", null));
    }

    /** Reads all pages of {@code tools/list}. */
    CompletableFuture<List<ToolDefinition>> listTools();

    /** Reads all pages, and says what was left out and how long the list is good. */
    default CompletableFuture<ToolCatalogue> catalogue() {
        return listTools().thenApply(ToolCatalogue::of);
    }

    /**
     * From now on the listener hears of changes. A server that announces them is listened to, as its era has it: over HTTP
     * that keeps one connection open, beside the pool.
     */
    default CatalogueListener.Registration watch(CatalogueListener listener) {
        return () -> {};
    }

    /** The revision of MCP agreed on with the server, as it is written on the wire; null while there is no session. */
    default @Nullable String protocolVersion() {
        return null;
    }

    /** Asks whether the server answers (ping, or what its era has for it). */
    CompletableFuture<Void> probe();

    /** Counts of now. */
    ConnectionStats stats();

    /**
     * How many requests its connections carry at the same time, as many as may be open, with none that waits for one or is
     * refused: as far as is known now, and rather too few than too many. What a server speaks shows only once it is
     * connected, and may change with any connection. Cheap enough to be asked for every request.
     */
    default int requestsAtOnce() {
        return Integer.MAX_VALUE;
    }

    /** How long sessions with the server lasted, those that are over. */
    default Latencies sessions() {
        return Latencies.NONE;
    }

    /** What came unasked. */
    default AnomalyCounts anomalies() {
        return AnomalyCounts.NONE;
    }

    /** Ends connections and children: gently at first, then by force. Completes when nothing is left. */
    CompletableFuture<Void> close();
}
