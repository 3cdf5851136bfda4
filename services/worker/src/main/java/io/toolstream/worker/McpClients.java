package io.toolstream.worker;

import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.ToolServer;
import io.toolstream.settings.LimitSettings;
import io.toolstream.settings.McpSettings;
import io.toolstream.settings.PoolSettings;
import io.toolstream.settings.ToolstreamSettings;
import io.toolstream.settings.servers.ServerEntry;
import io.toolstream.worker.mcp.UnusableServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MCP clients of a worker: one for near and one for far servers, where the two differ. Makes tool servers of entries;
 * connects nothing. Used by the thread that starts the worker.
 */
final class McpClients implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(McpClients.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(8);

    private final ToolstreamSettings settings;
    private final Map<McpSettings, McpClient> clients = new HashMap<>();

    McpClients(ToolstreamSettings settings) {
        this.settings = settings;
    }

    /** An entry that makes no sense to the client becomes a server that says so, and leaves the others alone. */
    ToolServer open(ServerEntry entry) {
        try {
            return entry instanceof ServerEntry.Unsupported unsupported
                    ? new UnusableServer(entry.name(), unsupported.reason())
                    : client(entry)
                            .open(ServerSpecs.of(entry, settings.mcp().stdio().children()));
        } catch (IllegalArgumentException e) {
            log.warn("tool server {} cannot be used: {}", entry.name(), e.getMessage());
            return new UnusableServer(entry.name(), String.valueOf(e.getMessage()));
        }
    }

    private McpClient client(ServerEntry entry) {
        McpSettings place = entry.isNear() ? settings.mcp() : settings.remoteMcp();
        return clients.computeIfAbsent(place, chosen -> McpClient.create(clientSettings(chosen, settings.limits())));
    }

    private static McpClientSettings clientSettings(McpSettings mcp, LimitSettings limits) {
        McpClientSettings defaults = McpClientSettings.DEFAULT;
        McpClientSettings.AnswerLimits answers = defaults.answers();
        return defaults.withTimes(times(mcp))
                .withPool(pool(mcp.pool()))
                .withAnswers(new McpClientSettings.AnswerLimits(
                        limits.resultBytes(), answers.pageBytes(), answers.pages(), answers.tools(), answers.depth()))
                .withStdio(stdio(mcp));
    }

    private static McpClientSettings.TimeLimits times(McpSettings mcp) {
        return new McpClientSettings.TimeLimits(
                mcp.timeouts().connect(),
                mcp.timeouts().firstByte(),
                mcp.timeouts().idle(),
                mcp.timeouts().attempt(),
                mcp.timeouts().connect(),
                mcp.health().timeout());
    }

    private static McpClientSettings.Pool pool(PoolSettings pool) {
        return new McpClientSettings.Pool(
                pool.max(),
                pool.minIdle(),
                pool.maxWaiting(),
                pool.acquire().isZero() ? Duration.ofMillis(1) : pool.acquire(),
                pool.lifetime(),
                new McpClientSettings.IdleLimits(pool.idle(), McpClientSettings.IdleLimits.DEFAULT.unannounced()));
    }

    private static io.toolstream.mcp.StdioSettings stdio(McpSettings mcp) {
        io.toolstream.mcp.StdioSettings defaults = io.toolstream.mcp.StdioSettings.DEFAULT;
        return new io.toolstream.mcp.StdioSettings(
                defaults.startup(),
                mcp.stdio().stopGrace().isZero()
                        ? Duration.ofMillis(1)
                        : mcp.stdio().stopGrace(),
                defaults.maxInFlight(),
                defaults.outboundBytes(),
                defaults.restarts(),
                defaults.tolerance());
    }

    /** Ends connections and children; waits for that, bounded. */
    @Override
    public void close() {
        CompletableFuture<?>[] closing =
                clients.values().stream().map(McpClient::close).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(closing)
                .orTimeout(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .handle((ignored, late) -> late == null)
                .join();
    }
}
