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
 * One request on its way through the pool: waiting, sent, done. Its state belongs to the event loop of its slice; only
 * {@link #abort()} comes from elsewhere. While it waits it may be handed to another slice, whose loop owns it from then
 * on: {@code slice} is written by the old owner before the hand-over and volatile for {@code abort}.
 */
final class HttpExchange implements Exchange, Runnable {
    /** So often a request that was provably not executed is sent again by itself: servers rotate, and none for ever. */
    private static final int SECOND_CHANCES = 2;

    private final RequestHead head;
    private final Outbound message;
    private final AnswerReader answers;
    private final Consumer<Reply> onReply;
    private final long submittedNanos = System.nanoTime();
    private volatile PoolSlice slice;
    private @Nullable PooledConnection connection;
    private @Nullable Future<?> waitLimit;
    private long waitEndNanos;
    private boolean hasWaited;
    private int takenBack;
    private boolean isDone;

    HttpExchange(PoolSlice slice, RequestHead head, Outbound message, AnswerReader answers, Consumer<Reply> onReply) {
        this.slice = slice;
        this.head = head;
        this.message = message;
        this.answers = answers;
        this.onReply = onReply;
    }

    RequestHead head() {
        return head;
    }

    AnswerReader answers() {
        return answers;
    }

    Outbound message() {
        return message;
    }

    /** Any thread; throws {@link RejectedExecutionException} once the loop is gone. */
    void submit() {
        slice.submit(this);
    }

    long submittedNanos() {
        return submittedNanos;
    }

    boolean isDone() {
        return isDone;
    }

    /** In the loop: the request has got there. */
    @Override
    public void run() {
        slice.admit(this);
    }

    /** When its wait ends: decided once, however often it begins to wait again. */
    long waitEnd(long proposedNanos) {
        if (!hasWaited) {
            hasWaited = true;
            waitEndNanos = proposedNanos;
        }
        return waitEndNanos;
    }

    void waitUntil(Future<?> limit) {
        waitLimit = limit;
    }

    void sentOver(PooledConnection taken) {
        endWait();
        connection = taken;
    }

    /** Nobody executed it, provably: it goes back to the pool, or fails if that has happened too often. */
    void takeBack(String why) {
        connection = null;
        hasWaited = false;
        if (++takenBack > SECOND_CHANCES) {
            fail(Kind.CONNECTION_LOST, Delivery.NOT_SENT, why);
        } else {
            slice.loop().execute(this);
        }
    }

    /** It waited and need not any more: from now on it is the other slice's. */
    void handOver(PoolSlice other) {
        endWait();
        slice = other;
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
        PoolSlice owner = slice;
        if (!owner.loop().inEventLoop()) {
            abort();
            return;
        }
        if (isDone) {
            return;
        }
        PooledConnection used = connection;
        if (used == null) {
            owner.forget(this);
            fail(Kind.CANCELLED, Delivery.NOT_SENT, "cancelled before it was sent");
        } else {
            used.cancel(this);
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
