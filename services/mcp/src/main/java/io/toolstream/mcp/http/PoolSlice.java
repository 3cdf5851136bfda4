package io.toolstream.mcp.http;

import io.netty.channel.EventLoop;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.tcp.ConnectionCounters;
import io.toolstream.mcp.tcp.LazyTimer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
    private final ConnectionCounters counters;
    private final Siblings siblings;
    private final LazyTimer sweeper;
    private final ArrayDeque<PooledConnection> ready = new ArrayDeque<>();
    private final Set<PooledConnection> open = new HashSet<>();

    /** Those that finish what they have and take no more: as many again as may be open do not count. */
    private final Set<PooledConnection> leaving = new HashSet<>();

    private final Waiters waiting;
    private int connecting;

    /** How many requests the next connection will take: known from the last one. */
    private int expected;

    private long created;
    private boolean wasRefused;
    private boolean isClosing;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Requests given to this slice and not done: written by any thread. */
    private final AtomicInteger load = new AtomicInteger();

    private volatile int openCount;
    private volatile int idleCount;
    private volatile int waitingCount;
    private volatile int capacity;
    private volatile boolean hasRoom;

    PoolSlice(EventLoop loop, PoolShare share, Connector connector, ConnectionCounters counters, Siblings siblings) {
        this.loop = loop;
        this.share = share;
        this.connector = connector;
        this.counters = counters;
        this.siblings = siblings;
        this.expected = connector.expectedCapacity();
        this.waiting = new Waiters(loop, this::publish);
        this.sweeper = new LazyTimer(loop, this::sweep);
    }

    EventLoop loop() {
        return loop;
    }

    int load() {
        return load.get();
    }

    /** Whether its open connections can carry more than was given to it. */
    boolean hasSpare() {
        return capacity > load.get();
    }

    boolean hasRoom() {
        return hasRoom;
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
        PooledConnection usable = takeReady(now);
        if (usable != null) {
            send(usable, exchange);
            return;
        }
        boolean isWorthConnecting = taken() < limitFor(exchange);
        if (!isWorthConnecting && waiting.size() >= share.maxWaiting()) {
            exchange.fail(Kind.POOL_EXHAUSTED, Delivery.NOT_SENT, "too many requests wait for a connection");
            return;
        }
        long establishNanos = isWorthConnecting || connecting > 0 ? connector.limitNanos() : 0;
        waiting.add(exchange, now + establishNanos + share.acquireWaitNanos());
        if (isWorthConnecting && isMoreNeeded()) {
            connect();
        } else if (!isWorthConnecting) {
            siblings.giveAway(this);
        }
    }

    private int taken() {
        return open.size() + connecting + Math.max(0, leaving.size() - share.maxConnections());
    }

    /** Whether what is in the making will not do for all who wait. */
    private boolean isMoreNeeded() {
        return (long) connecting * expected < waiting.size();
    }

    /** A message that a request under way may depend on (a cancel, an answer to the server) has one in reserve. */
    private int limitFor(HttpExchange exchange) {
        return share.maxConnections() + (exchange.message().isRequest() ? 0 : 1);
    }

    /** A connection with room; it stays in the list as long as it has. */
    private @Nullable PooledConnection takeReady(long now) {
        PooledConnection candidate = ready.peekFirst();
        while (candidate != null && !candidate.isUsable(now)) {
            ready.pollFirst();
            candidate.retire();
            candidate = ready.peekFirst();
        }
        if (candidate != null && candidate.room() == 1) {
            ready.pollFirst();
        }
        return candidate;
    }

    private void send(PooledConnection connection, HttpExchange exchange) {
        if (connection.wasUsed()) {
            counters.reused();
        }
        counters.borrowed(System.nanoTime() - exchange.submittedNanos());
        connection.send(exchange);
        publish();
    }

    void forget(HttpExchange exchange) {
        waiting.remove(exchange);
    }

    /** Any thread: the other one has room, so the first who waits here may go there. */
    void giveAwayTo(PoolSlice other) {
        try {
            loop.execute(() -> giveFirstTo(other));
        } catch (RejectedExecutionException e) {
            // The loop is gone, and nobody waits any more.
            return;
        }
    }

    private void giveFirstTo(PoolSlice other) {
        HttpExchange first = other.hasRoom() ? waiting.next() : null;
        if (first != null) {
            finished();
            first.handOver(other);
            try {
                other.submit(first);
            } catch (RejectedExecutionException e) {
                first.fail(Kind.CLOSED, Delivery.NOT_SENT, "the client is closed");
            }
        }
    }

    private void connect() {
        connecting++;
        connector.connect(this);
    }

    /** How long the next connection may be used. */
    long nextLifetimeNanos() {
        return share.lifetimeNanos(created++);
    }

    /** From the connector: here is a new one. */
    void connected(PooledConnection connection, long establishNanos) {
        assert loop.inEventLoop();
        connecting--;
        wasRefused = false;
        expected = Math.max(1, connection.capacity());
        counters.opened(establishNanos);
        open.add(connection);
        if (isClosing) {
            connection.retire();
        } else {
            release(connection);
            connectMore();
        }
    }

    /** From the connector: there is none. With no other connection to hope for, everybody who waits learns it. */
    void refused(String why) {
        assert loop.inEventLoop();
        connecting--;
        wasRefused = true;
        HttpExchange first = waiting.next();
        while (first != null) {
            first.fail(Kind.CONNECT, Delivery.NOT_SENT, why);
            first = open.isEmpty() && connecting == 0 ? waiting.next() : null;
        }
        finishClosing();
    }

    /** A connection that had no room has some. */
    void release(PooledConnection connection) {
        assert loop.inEventLoop();
        while (connection.room() > 0 && !waiting.isEmpty()) {
            HttpExchange next = waiting.next();
            if (next != null) {
                send(connection, next);
            }
        }
        if (connection.room() > 0) {
            ready.addFirst(connection);
            publish();
            sweeper.arm(ready.getLast().idleEndNanos());
            siblings.takeOver(this);
        }
    }

    /** A connection with room has nothing to do any more. */
    void rested(PooledConnection connection) {
        publish();
        sweeper.armBy(connection.idleEndNanos());
    }

    /** A connection takes no more requests for now. */
    void full(PooledConnection connection) {
        ready.remove(connection);
        goOn();
    }

    /** A connection takes no more requests, ever. */
    void withdraw(PooledConnection connection) {
        ready.remove(connection);
        if (open.remove(connection)) {
            leaving.add(connection);
        }
        goOn();
    }

    private void goOn() {
        publish();
        if (!isClosing) {
            connectMore();
        }
    }

    /** A connection is gone, whoever closed it. */
    void closed(PooledConnection connection) {
        assert loop.inEventLoop();
        open.remove(connection);
        leaving.remove(connection);
        ready.remove(connection);
        goOn();
        finishClosing();
    }

    private void sweep() {
        long now = System.nanoTime();
        for (PooledConnection candidate : List.copyOf(ready)) {
            if (!candidate.isUsable(now)) {
                ready.remove(candidate);
                candidate.retire();
            }
        }
        publish();
        if (!ready.isEmpty()) {
            sweeper.arm(ready.getLast().idleEndNanos());
        }
    }

    /** For those who wait, and to have as many as are to be kept warm. */
    private void connectMore() {
        while (isMoreNeeded() && taken() < share.maxConnections()) {
            connect();
        }
        while (!wasRefused && taken() < share.minConnections()) {
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
        waiting.failAll(Kind.CLOSED, "the client is closed");
        Stream.concat(List.copyOf(open).stream(), List.copyOf(leaving).stream())
                .forEach(each -> each.breakOff(Kind.CLOSED, Delivery.MAYBE, "the client is closed"));
        finishClosing();
    }

    private void finishClosing() {
        if (isClosing && open.isEmpty() && leaving.isEmpty() && connecting == 0) {
            gone.complete(null);
        }
    }

    /** Where connections are shared there are few of them, so that counting is cheap. */
    private void publish() {
        openCount = open.size() + leaving.size();
        waitingCount = waiting.size();
        hasRoom = !ready.isEmpty() && !isClosing;
        if (expected == 1) {
            idleCount = ready.size();
            capacity = open.size();
            return;
        }
        int idle = 0;
        int all = 0;
        for (PooledConnection connection : open) {
            idle += connection.isIdle() ? 1 : 0;
            all += connection.capacity();
        }
        idleCount = idle;
        capacity = all;
    }
}
