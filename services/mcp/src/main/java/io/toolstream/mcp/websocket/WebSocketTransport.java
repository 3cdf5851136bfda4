package io.toolstream.mcp.websocket;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ServerSpec;
import io.toolstream.mcp.tcp.Dialer;
import io.toolstream.mcp.tcp.Endpoint;
import io.toolstream.mcp.tcp.OwnFields;
import io.toolstream.mcp.tcp.TcpResources;
import io.toolstream.mcp.transport.Anomalies;
import io.toolstream.mcp.transport.Inbox;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Transport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * One socket at a time: opened when first needed and again when it is needed after its end. {@code live}, {@code
 * dialling} and {@code isClosed} are guarded by {@code lock}, which is held for field access only; futures are completed
 * outside of it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the last stage only passes on
public final class WebSocketTransport implements Transport {
    private final Dialer dialer;
    private final EventLoop loop;
    private final WebSocketContext context;
    private final Upgrade.Request request;
    private final Object lock = new Object();
    private @Nullable WebSocketLink live;
    private @Nullable CompletableFuture<Link> dialling;
    private boolean isClosed;

    /** @throws IllegalArgumentException if URL or headers make no sense */
    public WebSocketTransport(ServerSpec.WebSocket server, McpClientSettings settings, TcpResources resources) {
        Endpoint endpoint = Endpoint.webSocket(server.url());
        String agent = settings.identity().name() + "/" + settings.identity().version();
        this.request = new Upgrade.Request(endpoint, OwnFields.of(server.headers(), agent));
        this.dialer = new Dialer(endpoint, settings.times().connect(), resources, List.of("http/1.1"));
        this.loop = resources
                .loops()
                .get(Math.floorMod(server.name().hashCode(), resources.loops().size()));
        this.context = new WebSocketContext(settings, loop, this::ended);
    }

    @Override
    public CompletableFuture<Link> connect(Inbox inbox) {
        CompletableFuture<Link> mine;
        synchronized (lock) {
            if (isClosed) {
                return CompletableFuture.failedFuture(closed());
            }
            if (live != null) {
                return CompletableFuture.completedFuture(live);
            }
            if (dialling != null) {
                return dialling;
            }
            mine = new CompletableFuture<>();
            dialling = mine;
        }
        try {
            loop.execute(() -> dialer.dial(loop, new Attempt(mine, inbox)));
        } catch (RejectedExecutionException e) {
            failed(mine, closed());
        }
        return mine;
    }

    /** One socket in the making. In the loop. */
    private final class Attempt implements Dialer.Answer {
        private final CompletableFuture<Link> mine;
        private final Inbox inbox;

        Attempt(CompletableFuture<Link> mine, Inbox inbox) {
            this.mine = mine;
            this.inbox = inbox;
        }

        @Override
        public void refused(String why) {
            failed(mine, new McpException(Kind.CONNECT, Delivery.NOT_SENT, why, null));
        }

        @Override
        public void connected(Channel channel, String protocol, long startNanos) {
            long deadlineNanos = startNanos + dialer.limit().toNanos();
            WebSocketLink link = new WebSocketLink(context, channel, inbox);
            Upgrade.begin(channel, request, link, deadlineNanos).whenComplete((upgraded, failure) -> {
                if (failure == null) {
                    context.counters().opened(System.nanoTime() - startNanos);
                    opened(mine, link);
                } else {
                    failed(mine, (McpException) failure);
                }
            });
        }
    }

    private void opened(CompletableFuture<Link> mine, WebSocketLink fresh) {
        boolean isTooLate;
        synchronized (lock) {
            dialling = null;
            isTooLate = isClosed;
            live = isTooLate || !fresh.isOpen() ? null : fresh;
        }
        if (isTooLate) {
            fresh.end();
            mine.completeExceptionally(closed());
        } else {
            mine.complete(fresh);
        }
    }

    private void failed(CompletableFuture<Link> mine, McpException why) {
        synchronized (lock) {
            dialling = null;
        }
        mine.completeExceptionally(why);
    }

    private void ended(WebSocketLink gone) {
        synchronized (lock) {
            if (live == gone) {
                live = null;
            }
        }
    }

    private static McpException closed() {
        return new McpException(Kind.CLOSED, Delivery.NOT_SENT, "the client is closed", null);
    }

    @Override
    public ConnectionStats stats() {
        WebSocketLink now;
        synchronized (lock) {
            now = live;
        }
        boolean isBusy = now != null && now.inFlight() > 0;
        return context.counters().stats(isBusy ? 1 : 0, now == null || isBusy ? 0 : 1, 0);
    }

    @Override
    public int requestsAtOnce() {
        return context.sharing().maxInFlight();
    }

    @Override
    public Anomalies anomalies() {
        return context.anomalies();
    }

    @Override
    public ScheduledExecutorService timer() {
        return loop;
    }

    @Override
    public CompletableFuture<Void> close() {
        WebSocketLink last;
        CompletableFuture<Link> pending;
        synchronized (lock) {
            isClosed = true;
            last = live;
            pending = dialling;
        }
        if (pending != null) {
            // Whatever comes of it, it sees that we are closed.
            return pending.handle((link, failure) -> null);
        }
        return last == null ? CompletableFuture.completedFuture(null) : last.end();
    }
}
