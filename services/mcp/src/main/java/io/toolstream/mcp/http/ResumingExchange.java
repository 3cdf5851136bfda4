package io.toolstream.mcp.http;

import io.netty.channel.EventLoop;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request whose answer may come in several streams: where the server gave its events ids and a stream ends before the
 * answer, the rest is asked for with {@code Last-Event-ID} after the time that the server wants (2025-03-26 to
 * 2025-11-25). Bounded by the request's deadline and by a number of streams in a row that bring nothing new.
 *
 * <p>The exchanges follow one another, so what the reader of answers keeps has one owner at a time; waiting and giving up
 * belong to the loop {@code home}; {@code current} and {@code isAborted} are for {@link #abort()}, which comes from any thread.
 */
final class ResumingExchange implements Exchange, AnswerReader {
    private static final long DEFAULT_RETRY_MILLIS = 1000;
    private static final long LONGEST_RETRY_MILLIS = Duration.ofSeconds(30).toMillis();
    private static final int VAIN_ATTEMPTS = 3;
    private static final byte[] NOTHING = {};

    private final HttpTransport transport;
    private final EventLoop home;
    private final Outbound message;
    private final Consumer<Reply> onReply;
    private @Nullable SseBody stream;
    private String resumedAfter = "";
    private int vain;
    private boolean hasResumed;
    private @Nullable Future<?> wait;
    private final AtomicReference<@Nullable HttpExchange> current = new AtomicReference<>();
    private volatile boolean isAborted;

    ResumingExchange(HttpTransport transport, EventLoop home, Outbound message, Consumer<Reply> onReply) {
        this.transport = transport;
        this.home = home;
        this.message = message;
        this.onReply = onReply;
    }

    void post() {
        HttpExchange first = transport.post(message, this, this::onReply);
        // It may have ended by now, and another one may have begun.
        current.compareAndSet(null, first);
    }

    @Override
    public @Nullable Reply refusal(ResponseHead head, Outbound asked) {
        return transport.wire().refusal(head, asked);
    }

    @Override
    public AnswerBody body(ResponseHead head, Outbound asked) {
        AnswerBody body = transport.wire().body(head, asked);
        stream = body instanceof SseBody events ? events : null;
        return body;
    }

    @Override
    public long firstByteNanos() {
        return transport.wire().firstByteNanos();
    }

    @Override
    public long idleNanos() {
        return transport.wire().idleNanos();
    }

    private void onReply(Reply reply) {
        SseBody ended = stream;
        boolean isCutOff = reply instanceof Reply.Failed failed && isCutOff(failed.failure());
        if (isCutOff && ended != null && ended.isResumable() && mayResume(ended)) {
            resumeLater(ended, reply);
        } else {
            onReply.accept(hasResumed ? honest(reply) : reply);
        }
    }

    private static boolean isCutOff(McpException failure) {
        return failure.delivery() == Delivery.MAYBE
                && (failure.kind() == Kind.CONNECTION_LOST || failure.kind() == Kind.PROTOCOL);
    }

    private boolean mayResume(SseBody ended) {
        vain = ended.lastId().equals(resumedAfter) ? vain + 1 : 0;
        return vain < VAIN_ATTEMPTS;
    }

    /** The request itself was sent, whatever became of asking for the rest. */
    private static Reply honest(Reply reply) {
        if (reply instanceof Reply.Answered) {
            return reply;
        }
        McpException cause = reply instanceof Reply.Failed failed ? failed.failure() : null;
        if (cause != null && cause.delivery() != Delivery.NOT_SENT) {
            return reply;
        }
        String why = reply instanceof Reply.Refused refused ? refused.head().toString() : "no connection";
        String message = "the stream ended without the answer and was not resumed: " + why;
        return new Reply.Failed(new McpException(Kind.CONNECTION_LOST, Delivery.MAYBE, message, cause));
    }

    private void resumeLater(SseBody ended, Reply otherwise) {
        long asked = ended.retryMillis() < 0 ? DEFAULT_RETRY_MILLIS : ended.retryMillis();
        long delayNanos = TimeUnit.MILLISECONDS.toNanos(Math.min(asked, LONGEST_RETRY_MILLIS));
        String lastId = ended.lastId();
        try {
            home.execute(() -> {
                if (isAborted) {
                    cancelled();
                } else if (System.nanoTime() + delayNanos - message.deadlineNanos() >= 0) {
                    onReply.accept(otherwise);
                } else {
                    wait = home.schedule(() -> resume(lastId), delayNanos, TimeUnit.NANOSECONDS);
                }
            });
        } catch (RejectedExecutionException e) {
            onReply.accept(otherwise);
        }
    }

    private void resume(String lastId) {
        wait = null;
        stream = null;
        hasResumed = true;
        resumedAfter = lastId;
        Outbound rest = new Outbound(
                message.id(),
                NOTHING,
                message.fields().with("Last-Event-ID", lastId),
                message.answerBytes(),
                message.deadlineNanos());
        HttpExchange asking = transport.get(rest, this, this::onReply);
        current.set(asking);
        if (isAborted) {
            asking.abort();
        }
    }

    private void cancelled() {
        onReply.accept(Reply.Failed.because(Kind.CANCELLED, Delivery.MAYBE, "cancelled"));
    }

    @Override
    public void abort() {
        isAborted = true;
        HttpExchange underWay = current.get();
        if (underWay != null) {
            underWay.abort();
        }
        try {
            home.execute(() -> {
                Future<?> waiting = wait;
                if (waiting != null && waiting.cancel(false)) {
                    wait = null;
                    cancelled();
                }
            });
        } catch (RejectedExecutionException e) {
            // The loop is gone, and every exchange was failed before.
            return;
        }
    }
}
