package io.toolstream.mcp.http;

import io.netty.channel.EventLoop;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one server that one event loop owns, and the requests that wait for one. Everything happens in that
 * loop, so there are no locks; the few numbers that other threads read are volatile and written here only.
 *
 * <p>The connection used last is used next: the others grow old and are closed. Whoever waits is served in order.
 */
final class PoolSlice {
    private final EventLoop loop;
    private final PoolShare share;
    private final Connector connector;
    private final PoolCounters counters;
    private final LazyTimer sweeper;
    private final ArrayDeque<HttpConnection> idle = new ArrayDeque<>();
    private final Set<HttpConnection> open = new HashSet<>();
    private final LinkedHashSet<HttpExchange> waiting = new LinkedHashSet<>();
    private int connecting;
    private boolean wasRefused;
    private boolean isClosing;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Requests given to this slice and not done: written by any thread. */
    private final AtomicInteger load = new AtomicInteger();

    private volatile int openCount;
    private volatile int idleCount;
    private volatile int waitingCount;

    PoolSlice(EventLoop loop, PoolShare share, Connector connector, PoolCounters counters) {
        this.loop = loop;
        this.share = share;
        this.connector = connector;
        this.counters = counters;
        this.sweeper = new LazyTimer(loop, this::sweep);
    }

    EventLoop loop() {
        return loop;
    }

    int load() {
        return load.get();
    }

    int capacity() {
        return share.maxConnections();
    }

    int openCount() {
        return openCount;
    }

    int idleCount() {
        return idleCount;
    }

    int waitingCount() {
        return waitingCount;
    }

    /** Any thread; throws {@link java.util.concurrent.RejectedExecutionException} once the loop is gone. */
    void submit(HttpExchange exchange) {
        load.incrementAndGet();
        loop.execute(exchange);
    }

    void finished() {
        load.decrementAndGet();
    }

    void admit(HttpExchange exchange) {
        assert loop.inEventLoop();
        long now = System.nanoTime();
        if (isClosing) {
            exchange.fail(Kind.CLOSED, Delivery.NOT_SENT, "the client is closed");
        } else if (now - exchange.message().deadlineNanos() >= 0) {
            exchange.fail(Kind.TIMEOUT, Delivery.NOT_SENT, "no time left to send it");
        } else if (!exchange.isDone()) {
            sendOrWait(exchange, now);
        }
    }

    private void sendOrWait(HttpExchange exchange, long now) {
        HttpConnection ready = takeIdle(now);
        if (ready != null) {
            send(ready, exchange);
        } else if (open.size() + connecting < limitFor(exchange)) {
            await(exchange, now + connector.limitNanos() + share.acquireWaitNanos());
            connect();
        } else if (waiting.size() < share.maxWaiting()) {
            await(exchange, now + share.acquireWaitNanos());
        } else {
            exchange.fail(Kind.POOL_EXHAUSTED, Delivery.NOT_SENT, "too many requests wait for a connection");
        }
    }

    /** A message that a request under way may depend on (a cancel, an answer to the server) has one in reserve. */
    private int limitFor(HttpExchange exchange) {
        return share.maxConnections() + (exchange.message().isRequest() ? 0 : 1);
    }

    private @Nullable HttpConnection takeIdle(long now) {
        HttpConnection candidate = idle.pollFirst();
        while (candidate != null && !candidate.isUsable(now)) {
            candidate.close();
            candidate = idle.pollFirst();
        }
        publish();
        return candidate;
    }

    private void send(HttpConnection connection, HttpExchange exchange) {
        if (connection.wasUsed()) {
            counters.reused();
        }
        connection.send(exchange);
    }

    private void await(HttpExchange exchange, long untilNanos) {
        long deadline = exchange.message().deadlineNanos();
        long end = untilNanos - deadline < 0 ? untilNanos : deadline;
        waiting.add(exchange);
        publish();
        exchange.waitUntil(loop.schedule(() -> waitedTooLong(exchange), end - System.nanoTime(), TimeUnit.NANOSECONDS));
    }

    private void waitedTooLong(HttpExchange exchange) {
        forget(exchange);
        if (System.nanoTime() - exchange.message().deadlineNanos() >= 0) {
            exchange.fail(Kind.TIMEOUT, Delivery.NOT_SENT, "no connection in time");
        } else {
            exchange.fail(Kind.POOL_EXHAUSTED, Delivery.NOT_SENT, "no connection came free");
        }
    }

    void forget(HttpExchange exchange) {
        assert loop.inEventLoop();
        waiting.remove(exchange);
        publish();
    }

    private void connect() {
        connecting++;
        connector.connect(this);
    }

    /** From the connector: here is a new one. */
    void connected(HttpConnection connection, long establishNanos) {
        assert loop.inEventLoop();
        connecting--;
        wasRefused = false;
        counters.opened(establishNanos);
        open.add(connection);
        if (isClosing) {
            connection.close();
        } else {
            release(connection);
            warmUp();
        }
    }

    /** From the connector: there is none. With no other connection to hope for, everybody who waits learns it. */
    void refused(String why) {
        assert loop.inEventLoop();
        connecting--;
        wasRefused = true;
        HttpExchange first = nextWaiting();
        while (first != null) {
            first.fail(Kind.CONNECT, Delivery.NOT_SENT, why);
            first = open.isEmpty() && connecting == 0 ? nextWaiting() : null;
        }
        finishClosing();
    }

    /** A connection is free again. */
    void release(HttpConnection connection) {
        assert loop.inEventLoop();
        HttpExchange next = nextWaiting();
        if (next != null) {
            send(connection, next);
            return;
        }
        idle.addFirst(connection);
        publish();
        sweeper.arm(idle.getLast().idleEndNanos());
    }

    /** A connection is gone, whoever closed it. */
    void closed(HttpConnection connection) {
        assert loop.inEventLoop();
        open.remove(connection);
        idle.remove(connection);
        publish();
        if (!isClosing) {
            replace();
        }
        finishClosing();
    }

    private @Nullable HttpExchange nextWaiting() {
        if (waiting.isEmpty()) {
            return null;
        }
        HttpExchange next = waiting.iterator().next();
        forget(next);
        return next;
    }

    private void sweep() {
        long now = System.nanoTime();
        for (HttpConnection candidate : List.copyOf(idle)) {
            if (!candidate.isUsable(now)) {
                idle.remove(candidate);
                candidate.close();
            }
        }
        publish();
        if (!idle.isEmpty()) {
            sweeper.arm(idle.getLast().idleEndNanos());
        }
    }

    private void replace() {
        if (waiting.size() > connecting && open.size() + connecting < share.maxConnections()) {
            connect();
        }
        warmUp();
    }

    private void warmUp() {
        while (!wasRefused && open.size() + connecting < share.minConnections()) {
            connect();
        }
    }

    /** Fails what waits and what is under way; completes when the last connection is gone. Any thread. */
    CompletableFuture<Void> close() {
        try {
            loop.execute(this::closeInLoop);
        } catch (RejectedExecutionException e) {
            gone.complete(null);
        }
        return gone;
    }

    private void closeInLoop() {
        isClosing = true;
        sweeper.close();
        for (HttpExchange exchange : List.copyOf(waiting)) {
            forget(exchange);
            exchange.fail(Kind.CLOSED, Delivery.NOT_SENT, "the client is closed");
        }
        List.copyOf(open).forEach(each -> each.breakOff(Kind.CLOSED, Delivery.MAYBE, "the client is closed"));
        finishClosing();
    }

    private void finishClosing() {
        if (isClosing && open.isEmpty() && connecting == 0) {
            gone.complete(null);
        }
    }

    private void publish() {
        openCount = open.size();
        idleCount = idle.size();
        waitingCount = waiting.size();
    }
}
