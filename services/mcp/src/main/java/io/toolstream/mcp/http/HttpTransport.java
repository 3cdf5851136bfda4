package io.toolstream.mcp.http;

import io.netty.channel.EventLoop;
import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.json.RpcReader;
import io.toolstream.mcp.tcp.ConnectionCounters;
import io.toolstream.mcp.tcp.Dialer;
import io.toolstream.mcp.tcp.Endpoint;
import io.toolstream.mcp.tcp.TcpResources;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One HTTP endpoint and the pool of connections to it. It is its own only link, since any connection does. */
public final class HttpTransport implements Transport, Link {
    private static final byte[] NOTHING = {};
    /** Streams on which the server speaks by itself, at once: they take no connection away from requests. */
    private static final int STANDING = 4;

    private static final long FAREWELL_NANOS = 1_000_000_000L;

    private final List<PoolSlice> slices;
    private final PoolSlice standing;
    private final ConnectionCounters counters = new ConnectionCounters();
    private final RequestHeads heads;
    private final HttpWire wire;
    private final McpClientSettings settings;
    private final RpcReader reader;
    private final Anomalies anomalies = new Anomalies();
    private volatile Inbox inbox = (link, message) -> {};
    private volatile boolean isClosed;

    /** @throws IllegalArgumentException if URL or headers make no sense */
    public HttpTransport(ServerSpec.Http server, McpClientSettings settings, TcpResources resources) {
        String agent = settings.identity().name() + "/" + settings.identity().version();
        this.settings = settings;
        this.heads = new RequestHeads(server.url(), server.headers(), agent);
        Endpoint endpoint = heads.endpoint();
        this.reader = new RpcReader(settings.answers().depth());
        LeastCapacity capacity = new LeastCapacity(settings.pool().lifetime());
        this.wire = new HttpWire(settings, capacity, reader, anomalies, this::onMessage);
        Protocols protocols = Protocols.of(server.http2(), endpoint.isTls());
        Dialer dialer = new Dialer(endpoint, settings.times().connect(), resources, protocols.offered());
        Connector connector = new Connector(dialer, wire, protocols);
        this.slices = slices(connector, settings.pool(), resources.loops());
        PoolShare alone = PoolShare.alone(settings.pool(), STANDING);
        this.standing =
                new PoolSlice(resources.loops().get(0), alone, connector, new ConnectionCounters(), new Siblings());
    }

    private List<PoolSlice> slices(Connector connector, McpClientSettings.Pool pool, List<EventLoop> loops) {
        int count = Math.min(loops.size(), pool.maxConnections());
        List<PoolSlice> made = new ArrayList<>(count);
        Siblings siblings = new Siblings();
        for (int i = 0; i < count; i++) {
            made.add(new PoolSlice(loops.get(i), PoolShare.of(pool, i, count), connector, counters, siblings));
        }
        siblings.are(made);
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
        if (isOfToday(message.fields())) {
            return post(message, wire, onReply);
        }
        ResumingExchange exchange = new ResumingExchange(this, slices.get(0).loop(), message, onReply);
        exchange.post();
        return exchange;
    }

    /** The streams of 2026-07-28 have no ids: what was cut off is lost. */
    private static boolean isOfToday(HttpFields fields) {
        return fields.size() > 1 && fields.name(1).equals("Mcp-Method");
    }

    /** The same server by the transport of 2024-11-05, which it may be older than all others. */
    @Override
    public Optional<CompletableFuture<Link>> older(UnaryOperator<Sender> through) {
        EventStreamLink link = new EventStreamLink(this, inbox);
        return Optional.of(link.open(settings.times().handshake(), through));
    }

    HttpExchange post(Outbound message, AnswerReader answers, Consumer<Reply> onReply) {
        return submit(heads.post(), message, answers, onReply);
    }

    @Override
    public Exchange listen(Outbound message, Consumer<Reply> onEnd) {
        RequestHead head = message.json().length == 0 ? heads.get() : heads.post();
        return submit(new HttpExchange(standing, head, message, new StandingReader(wire), onEnd));
    }

    /** Asks for an event stream that takes no connection away from requests. */
    HttpExchange stand(Outbound message, AnswerReader answers, Consumer<Reply> onEnd) {
        return submit(new HttpExchange(standing, heads.get(), message, answers, onEnd));
    }

    /** Asks for an event stream. */
    HttpExchange get(Outbound message, AnswerReader answers, Consumer<Reply> onReply) {
        return submit(heads.get(), message, answers, onReply);
    }

    RequestHeads heads() {
        return heads;
    }

    HttpWire wire() {
        return wire;
    }

    int largestMessage() {
        return Outbound.messageBytes(
                Math.max(settings.answers().resultBytes(), settings.answers().pageBytes()));
    }

    @Override
    public CompletableFuture<Void> tell(Outbound message) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        submit(heads.post(), message, wire, reply -> told.complete(null));
        return told;
    }

    @Override
    public void allowBatches(boolean isAllowed) {
        reader.allowBatches(isAllowed);
    }

    @Override
    public CompletableFuture<Void> endSession(HttpFields fields) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Outbound farewell = new Outbound(Outbound.NO_ID, NOTHING, fields, 0, System.nanoTime() + FAREWELL_NANOS);
        submit(heads.delete(), farewell, wire, reply -> ended.complete(null));
        return ended;
    }

    @Override
    public void discard(String reason) {
        // A connection that misbehaved is closed already; the endpoint may be asked again.
    }

    HttpExchange submit(RequestHead head, Outbound message, AnswerReader answers, Consumer<Reply> onReply) {
        return submit(new HttpExchange(pick(), head, message, answers, onReply));
    }

    private static HttpExchange submit(HttpExchange exchange) {
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
        boolean hasSpare = best.hasSpare();
        for (int i = 1; i < slices.size(); i++) {
            PoolSlice other = slices.get(i);
            boolean otherHasSpare = other.hasSpare();
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
        return counters.stats(Math.max(0, open - idle), idle, waiting);
    }

    @Override
    public int requestsAtOnce() {
        long each = wire.capacity().at(System.nanoTime());
        return (int) Math.min(Integer.MAX_VALUE, each * settings.pool().maxConnections());
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
