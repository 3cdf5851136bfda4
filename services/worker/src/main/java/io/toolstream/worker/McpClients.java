package io.toolstream.worker;

import io.toolstream.mcp.ClientOffers;
import io.toolstream.mcp.McpClient;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.ToolServer;
import io.toolstream.settings.LimitSettings;
import io.toolstream.settings.McpSettings;
import io.toolstream.settings.PoolSettings;
import io.toolstream.worker.invoke.Capacity;
import io.toolstream.worker.mcp.Endpoint;
import io.toolstream.worker.mcp.UnusableServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MCP client of a worker: makes tool servers of what is set for them, and closes them; connects nothing by itself. All
 * servers share its threads, and each has time limits and a pool of its own. Any thread; only {@link #close()} blocks.
 */
final class McpClients implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(McpClients.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(8);
    private static final Pattern LOOPBACK = Pattern.compile("(.*\\.)?localhost|127(\\.\\d{1,3}){3}|\\[(0*:)*:?0*1]");

    private final McpClient client;
    private final LimitSettings limits;

    McpClients(LimitSettings limits) {
        this(limits, McpClientSettings.DEFAULT);
    }

    /** @param shared who we are, whom we trust, and what all servers share */
    McpClients(LimitSettings limits, McpClientSettings shared) {
        this.client = McpClient.create(shared, ClientOffers.TASKS);
        this.limits = limits;
    }

    /** In the operator's order. An entry that makes no sense to the client becomes a server that says so. */
    List<Endpoint> open(ServerSetup setup) {
        McpClientSettings own = clientSettings(setup.mcp(), limits);
        return ServerSpecs.of(setup.entry(), setup.mcp().stdio().children()).stream()
                .map(spec -> endpoint(setup, spec, open(spec, own)))
                .toList();
    }

    private static Endpoint endpoint(ServerSetup setup, ServerSpec spec, ToolServer server) {
        return new Endpoint(setup.name(), spec.name(), server, place(spec), setup.mcp(), capacity(spec, server));
    }

    /** Completes when nothing is left of it. */
    CompletableFuture<Void> close(ToolServer server) {
        return client.close(server);
    }

    private ToolServer open(ServerSpec spec, McpClientSettings own) {
        try {
            return client.open(spec, own);
        } catch (IllegalArgumentException e) {
            log.warn("tool server {} cannot be used: {}", spec.name(), e.getMessage());
            return new UnusableServer(spec.name(), String.valueOf(e.getMessage()));
        }
    }

    private static Endpoint.Place place(ServerSpec spec) {
        if (spec instanceof ServerSpec.Http http) {
            return place(http.url());
        }
        return spec instanceof ServerSpec.WebSocket socket ? place(socket.url()) : Endpoint.Place.CHILD;
    }

    private static Endpoint.Place place(URI url) {
        String host = url.getHost();
        return host != null && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches()
                ? Endpoint.Place.LOOPBACK
                : Endpoint.Place.ELSEWHERE;
    }

    private static Capacity capacity(ServerSpec spec, ToolServer server) {
        return spec instanceof ServerSpec.Http
                ? Capacity.ofConnections(server::requestsAtOnce)
                : Capacity.ofMessages(server::requestsAtOnce);
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
        client.close()
                .orTimeout(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .handle((ignored, late) -> late == null)
                .join();
    }
}
