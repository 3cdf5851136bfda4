package io.toolstream.mcp.http;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.json.RpcReader;
import io.toolstream.mcp.transport.Anomalies;
import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.Inbox;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import io.toolstream.mcp.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One HTTP endpoint and the pool of connections to it. It is its own only link, since any connection does. */
public final class HttpTransport implements Transport, Link {
    private static final byte[] NOTHING = {};
    /** Streams on which the server speaks by itself, at once: they take no connection away from requests. */
    private static final int STANDING = 4;

    private static final long FAREWELL_NANOS = 1_000_000_000L;

    private final List<PoolSlice> slices;
    private final PoolCounters counters = new PoolCounters();
    private final RequestHead post;
    private final RequestHead get;
    private final RequestHead delete;
    private final PoolSlice standing;
    private final Anomalies anomalies = new Anomalies();
    private volatile Inbox inbox = (link, message) -> {};
    private volatile boolean isClosed;

    /** @throws IllegalArgumentException if URL or headers make no sense */
    public HttpTransport(ServerSpec.Http server, McpClientSettings settings, HttpResources resources) {
        Endpoint endpoint = Endpoint.of(server.url());
        String agent = settings.identity().name() + "/" + settings.identity().version();
        this.post = RequestHead.post(endpoint, server.headers(), agent);
        this.get = RequestHead.get(endpoint, server.headers(), agent);
        this.delete = RequestHead.delete(endpoint, server.headers(), agent);
        HttpWire wire = new HttpWire(
                endpoint.isTls(), settings, new RpcReader(settings.answers().depth()), anomalies, this::onMessage);
        SslContext tls = endpoint.isTls() ? resources.tls().get() : null;
        Connector connector = new Connector(endpoint, wire, resources.names(), tls);
        this.slices = slices(connector, settings.pool(), resources.loops());
        PoolShare alone = new PoolShare(
                STANDING, 0, STANDING, settings.pool().acquireWait().toNanos());
        this.standing = new PoolSlice(resources.loops().get(0), alone, connector, new PoolCounters());
    }

    private List<PoolSlice> slices(Connector connector, McpClientSettings.Pool pool, List<EventLoop> loops) {
        int count = Math.min(loops.size(), pool.maxConnections());
        List<PoolSlice> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            made.add(new PoolSlice(loops.get(i), PoolShare.of(pool, i, count), connector, counters));
        }
        return List.copyOf(made);
    }

    @Override
    public CompletableFuture<Link> connect(Inbox inbox) {
        this.inbox = inbox;
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public boolean isOpen() {
        return !isClosed;
    }

    @Override
    public boolean isPrivate() {
        return false;
    }

    @Override
    public Exchange request(Outbound message, Consumer<Reply> onReply) {
        return submit(post, message, onReply);
    }

    @Override
    public Exchange listen(Outbound message, Consumer<Reply> onEnd) {
        RequestHead head = message.json().length == 0 ? get : post;
        return submit(new HttpExchange(standing, head, message, true, onEnd));
    }

    @Override
    public CompletableFuture<Void> tell(Outbound message) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        submit(post, message, reply -> told.complete(null));
        return told;
    }

    @Override
    public CompletableFuture<Void> endSession(HttpFields fields) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Outbound farewell = new Outbound(Outbound.NO_ID, NOTHING, fields, 0, System.nanoTime() + FAREWELL_NANOS);
        submit(delete, farewell, reply -> ended.complete(null));
        return ended;
    }

    @Override
    public void discard(String reason) {
        // A connection that misbehaved is closed already; the endpoint may be asked again.
    }

    private Exchange submit(RequestHead head, Outbound message, Consumer<Reply> onReply) {
        return submit(new HttpExchange(pick(), head, message, false, onReply));
    }

    private static Exchange submit(HttpExchange exchange) {
        try {
            exchange.submit();
        } catch (RejectedExecutionException e) {
            exchange.fail(Kind.CLOSED, Delivery.NOT_SENT, "the client is closed");
        }
        return exchange;
    }

    /** The least loaded of the slices that have a connection to spare, else the least loaded. */
    private PoolSlice pick() {
        PoolSlice best = slices.get(0);
        boolean hasSpare = best.openCount() > best.load();
        for (int i = 1; i < slices.size(); i++) {
            PoolSlice other = slices.get(i);
            boolean otherHasSpare = other.openCount() > other.load();
            if (otherHasSpare == hasSpare ? other.load() < best.load() : otherHasSpare) {
                best = other;
                hasSpare = otherHasSpare;
            }
        }
        return best;
    }

    private void onMessage(RpcMessage message) {
        inbox.accept(this, message);
    }

    @Override
    public ConnectionStats stats() {
        int open = 0;
        int idle = 0;
        int waiting = 0;
        for (PoolSlice slice : slices) {
            open += slice.openCount();
            idle += slice.idleCount();
            waiting += slice.waitingCount();
        }
        return new ConnectionStats(
                counters.openedCount(),
                counters.reusedCount(),
                Math.max(0, open - idle),
                idle,
                waiting,
                counters.establishNanos());
    }

    @Override
    public Anomalies anomalies() {
        return anomalies;
    }

    @Override
    public ScheduledExecutorService timer() {
        return slices.get(0).loop();
    }

    @Override
    public CompletableFuture<Void> close() {
        isClosed = true;
        return CompletableFuture.allOf(Stream.concat(slices.stream(), Stream.of(standing))
                .map(PoolSlice::close)
                .toArray(CompletableFuture[]::new));
    }
}
