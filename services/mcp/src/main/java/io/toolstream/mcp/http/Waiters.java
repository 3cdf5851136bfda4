package io.toolstream.mcp.http;

import io.netty.channel.EventLoop;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The requests that wait for a connection in one slice, first come first served, each for a bounded time. Event loop only. */
final class Waiters {
    private final EventLoop loop;
    private final Runnable onChange;
    private final LinkedHashSet<HttpExchange> waiting = new LinkedHashSet<>();

    /** @param onChange called whenever their number has changed */
    Waiters(EventLoop loop, Runnable onChange) {
        this.loop = loop;
        this.onChange = onChange;
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Until then, unless it began to wait before, and never beyond its deadline. */
    void add(HttpExchange exchange, long proposedNanos) {
        long until = exchange.waitEnd(proposedNanos);
        long deadline = exchange.message().deadlineNanos();
        long end = until - deadline < 0 ? until : deadline;
        waiting.add(exchange);
        onChange.run();
        exchange.waitUntil(loop.schedule(() -> waitedTooLong(exchange), end - System.nanoTime(), TimeUnit.NANOSECONDS));
    }

    private void waitedTooLong(HttpExchange exchange) {
        remove(exchange);
        if (System.nanoTime() - exchange.message().deadlineNanos() >= 0) {
            exchange.fail(Kind.TIMEOUT, Delivery.NOT_SENT, "no connection in time");
        } else {
            exchange.fail(Kind.POOL_EXHAUSTED, Delivery.NOT_SENT, "no connection came free");
        }
    }

    void remove(HttpExchange exchange) {
        assert loop.inEventLoop();
        waiting.remove(exchange);
        onChange.run();
    }

    /** Takes the first out; null if nobody waits. */
    @Nullable
    HttpExchange next() {
        if (waiting.isEmpty()) {
            return null;
        }
        HttpExchange next = waiting.iterator().next();
        remove(next);
        return next;
    }

    void failAll(Kind kind, String why) {
        for (HttpExchange exchange : List.copyOf(waiting)) {
            remove(exchange);
            exchange.fail(kind, Delivery.NOT_SENT, why);
        }
    }
}
