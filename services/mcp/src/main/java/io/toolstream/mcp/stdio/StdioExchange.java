package io.toolstream.mcp.stdio;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request in one child. The writer, the reader, the timer and the caller race for it: the first who moves the state
 * on wins, the others do nothing.
 */
final class StdioExchange implements Exchange {
    private final Child child;
    private final Outbound message;
    private final Consumer<Reply> onReply;
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private volatile @Nullable Future<?> limit;

    private enum State {
        QUEUED,
        WRITTEN,
        DONE
    }

    StdioExchange(Child child, Outbound message, Consumer<Reply> onReply) {
        this.child = child;
        this.message = message;
        this.onReply = onReply;
    }

    Outbound message() {
        return message;
    }

    void limit(Future<?> timeout) {
        limit = timeout;
        if (state.get() == State.DONE) {
            timeout.cancel(false);
        }
    }

    /** From the writer, before the first byte leaves; false if there is no need any more. */
    boolean beginWrite() {
        return state.compareAndSet(State.QUEUED, State.WRITTEN);
    }

    boolean answer(Reply.Answered answer) {
        return finish(state.getAndSet(State.DONE), answer);
    }

    /** Ends without an answer; the delivery follows from how far it got. */
    boolean fail(Kind kind, String why, @Nullable Throwable cause) {
        State before = state.getAndSet(State.DONE);
        Delivery delivery = before == State.QUEUED ? Delivery.NOT_SENT : Delivery.MAYBE;
        return finish(before, new Reply.Failed(new McpException(kind, delivery, why, cause)));
    }

    boolean failAnswered(Kind kind, String why) {
        return finish(
                state.getAndSet(State.DONE), new Reply.Failed(new McpException(kind, Delivery.ANSWERED, why, null)));
    }

    private boolean finish(State before, Reply reply) {
        if (before == State.DONE) {
            return false;
        }
        Future<?> timeout = limit;
        if (timeout != null) {
            timeout.cancel(false);
        }
        child.forget(this);
        onReply.accept(reply);
        return true;
    }

    @Override
    public void abort() {
        child.later(() -> fail(Kind.CANCELLED, "cancelled", null));
    }
}
