package io.toolstream.mcp.protocol;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.json.FlatDocument;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one stream on which a server may speak by itself, while somebody wants to hear it: opened once there is a session,
 * again after it ended, later each time; not again in a session whose server says that it has none. What comes goes to the
 * inbox.
 *
 * <p>Any thread; nothing blocks. All fields are guarded by {@code this}, which is held for field access only.
 */
final class StandingStream {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Delays delays;
    private final Runnable onGap;
    private final boolean isForInputs;
    private boolean isForTools;
    private boolean isClosed;
    private @Nullable Session session;
    private @Nullable Exchange exchange;
    private @Nullable Object current;
    private long currentId = Outbound.NO_ID;
    private @Nullable Object cancelled;
    private long pauseNanos = FIRST_PAUSE.toNanos();

    /**
     * @param isForInputs whether the server may ask for something
     * @param onGap told when something may have been missed: between two streams nobody listened
     */
    StandingStream(boolean isForInputs, Delays delays, Runnable onGap) {
        this.isForInputs = isForInputs;
        this.delays = delays;
        this.onGap = onGap;
    }

    /** From now on somebody wants to hear of changes of the list of tools. */
    void listenForTools() {
        Session known;
        synchronized (this) {
            if (isForTools) {
                return;
            }
            isForTools = true;
            known = session;
        }
        if (known != null) {
            open(known);
        }
    }

    /** There is a new session; the stream of the last one is of no use any more. */
    void opened(Session fresh) {
        Exchange old;
        synchronized (this) {
            old = exchange;
            session = fresh;
            exchange = null;
            current = null;
            pauseNanos = FIRST_PAUSE.toNanos();
        }
        if (old != null) {
            old.abort();
        }
        open(fresh);
    }

    private void open(Session of) {
        Object mine = new Object();
        Outbound message;
        synchronized (this) {
            message = of.listening(isForInputs, isForTools);
            if (isClosed || session != of || current != null || message == null) {
                return;
            }
            current = mine;
            currentId = message.id();
        }
        long startNanos = System.nanoTime();
        Exchange opened = of.link().listen(message, reply -> {
            if (message.isRequest() && of.link().isPrivate() && Replies.isGivenUp(reply) && !isCancelled(mine)) {
                of.givenUp(message, reply);
            }
            ended(of, mine, reply, System.nanoTime() - startNanos);
        });
        boolean isTooLate;
        synchronized (this) {
            isTooLate = current != mine || isClosed;
            exchange = isTooLate ? exchange : opened;
        }
        if (isTooLate) {
            opened.abort();
        }
    }

    /** The server ends the subscription, where it has no stream of its own that could end. */
    void cancelled(@Nullable JsonSlice params) {
        long id = params == null
                ? Outbound.NO_ID
                : FlatDocument.read(params)
                        .map(document -> document.number("requestId", Outbound.NO_ID))
                        .orElse(Outbound.NO_ID);
        Exchange over;
        synchronized (this) {
            boolean isOurs = id != Outbound.NO_ID && id == currentId && current != null;
            over = isOurs ? exchange : null;
            cancelled = isOurs ? current : cancelled;
        }
        if (over != null) {
            over.abort();
        }
    }

    private synchronized boolean isCancelled(Object which) {
        return cancelled == which;
    }

    private void ended(Session of, Object mine, Reply reply, long lastedNanos) {
        long pause;
        synchronized (this) {
            if (current != mine) {
                return;
            }
            current = null;
            exchange = null;
            if (isClosed || session != of || isRefusal(reply)) {
                return;
            }
            boolean wasLong = lastedNanos > LONG.toNanos();
            pause = wasLong ? FIRST_PAUSE.toNanos() : pauseNanos;
            pauseNanos = wasLong ? pauseNanos : Math.min(LONGEST_PAUSE.toNanos(), 2 * pauseNanos);
        }
        delays.after(pause, () -> again(of));
    }

    private void again(Session of) {
        if (of.link().isOpen()) {
            open(of);
            onGap.run();
        }
    }

    /** The server has no such stream, or not for us. */
    private static boolean isRefusal(Reply reply) {
        if (reply instanceof Reply.Refused refused) {
            int status = refused.head().status();
            return status >= 400 && status < 500 && status != 429;
        }
        return reply instanceof Reply.Answered answered && answered.response() instanceof RpcMessage.Fault;
    }

    void close() {
        Exchange last;
        synchronized (this) {
            isClosed = true;
            last = exchange;
        }
        if (last != null) {
            last.abort();
        }
    }
}
