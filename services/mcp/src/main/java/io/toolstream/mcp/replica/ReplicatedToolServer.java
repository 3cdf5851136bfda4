package io.toolstream.mcp.replica;

import io.toolstream.mcp.AnomalyCounts;
import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.CatalogueListener;
import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.Latencies;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.TaskHandle;
import io.toolstream.mcp.ToolCatalogue;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Several servers that do the same, as one. A call goes to the one with the least to do; one that cannot be reached is
 * left alone for a while. What was provably not sent is tried at another at once. The server is there as long as one
 * replica is.
 */
public final class ReplicatedToolServer implements ToolServer {
    private final String name;
    private final Replicas replicas;

    /** @param isSpread whether equals take turns; else the first is filled first, so that the others may not be needed */
    public ReplicatedToolServer(String name, List<ToolServer> servers, boolean isSpread) {
        this.name = name;
        this.replicas = new Replicas(servers.stream().map(Replica::new).toList(), isSpread);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<ToolResult> call(ToolRequest request) {
        long beganNanos = System.nanoTime();
        return new Attempts<>(
                        replicas, server -> server.call(left(request, beganNanos)), ReplicatedToolServer::isNotSent)
                .start();
    }

    private static ToolRequest left(ToolRequest request, long beganNanos) {
        long spentNanos = System.nanoTime() - beganNanos;
        return request.within(new ToolRequest.Times(
                left(request.times().answer(), spentNanos), left(request.times().task(), spentNanos)));
    }

    private static Duration left(Duration limit, long spentNanos) {
        return Duration.ofNanos(Math.max(1, limit.toNanos() - spentNanos));
    }

    private static boolean isNotSent(McpException failure) {
        return failure.delivery() == Delivery.NOT_SENT
                && (failure.kind() == Kind.CONNECT
                        || failure.kind() == Kind.CONNECTION_LOST
                        || failure.kind() == Kind.POOL_EXHAUSTED);
    }

    /** Only one of them may know the task, and which one the handle does not say. */
    @Override
    public CompletableFuture<ToolResult> resume(TaskHandle task, Duration timeout, CallListener listener) {
        return new Attempts<>(
                        replicas, server -> server.resume(task, timeout, listener), ReplicatedToolServer::isUnknown)
                .start();
    }

    private static boolean isUnknown(McpException failure) {
        return isNotSent(failure) || failure.kind() == Kind.INVALID_PARAMS;
    }

    @Override
    public CompletableFuture<List<ToolDefinition>> listTools() {
        return new Attempts<>(replicas, ToolServer::listTools, ReplicatedToolServer::isNotSent).start();
    }

    @Override
    public CompletableFuture<ToolCatalogue> catalogue() {
        return new Attempts<>(replicas, ToolServer::catalogue, ReplicatedToolServer::isNotSent).start();
    }

    /** Each one is listened to, since any may be the first to change. */
    @Override
    public CatalogueListener.Registration watch(CatalogueListener listener) {
        List<CatalogueListener.Registration> all = replicas.all().stream()
                .map(replica -> replica.server().watch(listener))
                .toList();
        return () -> all.forEach(CatalogueListener.Registration::close);
    }

    /** Of the first replica that has a session. */
    @Override
    public @Nullable String protocolVersion() {
        return replicas.all().stream()
                .map(replica -> replica.server().protocolVersion())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Asks all of them, which also tells which are well again. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the last stage only passes on
    public CompletableFuture<Void> probe() {
        CompletableFuture<Void> any = new CompletableFuture<>();
        CompletableFuture<?>[] all =
                replicas.all().stream().map(replica -> probe(replica, any)).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).exceptionally(failure -> {
            any.completeExceptionally(failure.getCause() == null ? failure : failure.getCause());
            return null;
        });
        return any;
    }

    private static CompletableFuture<Void> probe(Replica replica, CompletableFuture<Void> any) {
        return replica.server().probe().whenComplete((nothing, failure) -> {
            if (failure == null) {
                replica.isWell();
                any.complete(null);
            } else {
                replica.judge(failure, System.nanoTime());
            }
        });
    }

    @Override
    public ConnectionStats stats() {
        return replicas.all().stream()
                .map(replica -> replica.server().stats())
                .reduce(ConnectionStats.NONE, ConnectionStats::plus);
    }

    @Override
    public int requestsAtOnce() {
        long sum = 0;
        for (Replica replica : replicas.all()) {
            sum += replica.server().requestsAtOnce();
        }
        return (int) Math.min(Integer.MAX_VALUE, sum);
    }

    @Override
    public Latencies sessions() {
        return replicas.all().stream()
                .map(replica -> replica.server().sessions())
                .reduce(Latencies.NONE, Latencies::plus);
    }

    @Override
    public AnomalyCounts anomalies() {
        return replicas.all().stream()
                .map(replica -> replica.server().anomalies())
                .reduce(AnomalyCounts.NONE, AnomalyCounts::plus);
    }

    @Override
    public CompletableFuture<Void> close() {
        return CompletableFuture.allOf(
                replicas.all().stream().map(replica -> replica.server().close()).toArray(CompletableFuture[]::new));
    }
}
