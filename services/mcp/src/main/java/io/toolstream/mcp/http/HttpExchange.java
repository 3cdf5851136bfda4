package io.toolstream.mcp.http;

import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through a slice of the pool: waiting, sent, done. Its state belongs to the slice's event loop;
 * only {@link #abort()} comes from elsewhere.
 */
final class HttpExchange implements Exchange, Runnable {
    private final PoolSlice slice;
    private final RequestHead head;
    private final Outbound message;
    private final boolean isStanding;
    private final Consumer<Reply> onReply;
    private @Nullable HttpConnection connection;
    private @Nullable Future<?> waitLimit;
    private boolean isDone;

    /** @param isStanding whether the answer is a stream on which the server speaks by itself, when it likes */
    HttpExchange(PoolSlice slice, RequestHead head, Outbound message, boolean isStanding, Consumer<Reply> onReply) {
        this.slice = slice;
        this.head = head;
        this.message = message;
        this.isStanding = isStanding;
        this.onReply = onReply;
    }

    RequestHead head() {
        return head;
    }

    Outbound message() {
        return message;
    }

    boolean isStanding() {
        return isStanding;
    }

    /** Any thread; throws {@link RejectedExecutionException} once the loop is gone. */
    void submit() {
        slice.submit(this);
    }

    boolean isDone() {
        return isDone;
    }

    /** In the loop: the request has got there. */
    @Override
    public void run() {
        slice.admit(this);
    }

    void waitUntil(Future<?> limit) {
        waitLimit = limit;
    }

    void sentOver(HttpConnection taken) {
        endWait();
        connection = taken;
    }

    /** Provably unsent: it may be sent over another connection. */
    void takenBack() {
        connection = null;
    }

    void finish(Reply reply) {
        if (isDone) {
            return;
        }
        isDone = true;
        endWait();
        slice.finished();
        onReply.accept(reply);
    }

    void fail(Kind kind, Delivery delivery, String why) {
        finish(Reply.Failed.because(kind, delivery, why));
    }

    @Override
    public void abort() {
        try {
            slice.loop().execute(this::abortInLoop);
        } catch (RejectedExecutionException e) {
            // The loop is gone, and every exchange was failed before.
            return;
        }
    }

    private void abortInLoop() {
        if (isDone) {
            return;
        }
        HttpConnection used = connection;
        if (used == null) {
            slice.forget(this);
            fail(Kind.CANCELLED, Delivery.NOT_SENT, "cancelled before it was sent");
        } else {
            used.close();
            fail(Kind.CANCELLED, Delivery.MAYBE, "cancelled");
        }
    }

    private void endWait() {
        if (waitLimit != null) {
            waitLimit.cancel(false);
            waitLimit = null;
        }
    }
}
