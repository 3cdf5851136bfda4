package io.toolstream.mcp.http;

import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.Reply;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request that was posted and whose answer comes on a stream. Stream, POST, timer and caller race for it: the first one
 * ends it, the others do nothing.
 */
final class PostedExchange implements Exchange {
    private final Consumer<Reply> onReply;
    private final Runnable onEnd;
    private final AtomicBoolean isDone = new AtomicBoolean();
    private volatile @Nullable Future<?> limit;
    private volatile @Nullable Exchange post;

    PostedExchange(Consumer<Reply> onReply, Runnable onEnd) {
        this.onReply = onReply;
        this.onEnd = onEnd;
    }

    void limit(ScheduledExecutorService timer, long deadlineNanos) {
        try {
            limit = timer.schedule(
                    () -> finish(Reply.Failed.because(Kind.TIMEOUT, Delivery.MAYBE, "no answer in time")),
                    deadlineNanos - System.nanoTime(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            finish(Reply.Failed.because(Kind.CLOSED, Delivery.NOT_SENT, "the client is closed"));
        }
    }

    void posted(Exchange underWay) {
        post = underWay;
    }

    /** A good status says nothing yet: the answer comes on the stream. */
    void onPosted(Reply reply) {
        boolean isTaken =
                reply instanceof Reply.Refused refused && refused.head().isSuccess();
        if (!isTaken) {
            finish(reply);
        }
    }

    boolean finish(Reply reply) {
        if (!isDone.compareAndSet(false, true)) {
            return false;
        }
        Future<?> timeout = limit;
        if (timeout != null) {
            timeout.cancel(false);
        }
        onEnd.run();
        onReply.accept(reply);
        return true;
    }

    @Override
    public void abort() {
        Exchange underWay = post;
        if (finish(Reply.Failed.because(Kind.CANCELLED, Delivery.MAYBE, "cancelled")) && underWay != null) {
            underWay.abort();
        }
    }
}
