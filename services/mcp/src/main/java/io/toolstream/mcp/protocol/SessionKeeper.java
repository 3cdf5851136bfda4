package io.toolstream.mcp.protocol;

import io.toolstream.mcp.Latencies;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.Anomalies;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The one session with a server: opened when first needed, by the first who needs it while the others wait behind, and
 * again after it was lost. A failure is told to all who wait and not remembered.
 *
 * <p>Any thread; nothing blocks. {@code waiting} is guarded by {@code this}; {@code live} is written under the same lock
 * and read without, so that a request pays one volatile read.
 */
final class SessionKeeper {
    private final Transport transport;
    private final SessionOpener opener;
    private final Events events;
    private final Anomalies anomalies;
    private final List<CompletableFuture<Session>> waiting = new ArrayList<>();
    private final SessionTimes times = new SessionTimes(System::nanoTime);
    private boolean isClosed;
    private volatile @Nullable Session live;

    /** What others want to know. Called on I/O threads; must neither block nor throw. */
    interface Events {
        /** There is a session, the first or another. */
        void opened(Session session);

        /** The server tells something. */
        void noticed(RpcMessage.Notice notice);
    }

    SessionKeeper(Transport transport, SessionOpener opener, Events events) {
        this.transport = transport;
        this.opener = opener;
        this.events = events;
        this.anomalies = transport.anomalies();
    }

    /** The session, if there is one that can be used at once. */
    @Nullable
    Session live() {
        Session session = live;
        return session != null && session.link().isOpen() ? session : null;
    }

    /** The session, when there is one; fails with an {@link McpException} of delivery {@code NOT_SENT}. */
    CompletableFuture<Session> session() {
        CompletableFuture<Session> mine = new CompletableFuture<>();
        synchronized (this) {
            Session usable = live();
            if (isClosed) {
                return CompletableFuture.failedFuture(closed());
            }
            if (usable != null) {
                return CompletableFuture.completedFuture(usable);
            }
            waiting.add(mine);
            if (waiting.size() > 1) {
                return mine;
            }
        }
        open();
        return mine;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the last stage only passes on
    private void open() {
        opener.open(() -> transport.connect(this::onMessage)).whenComplete(this::opened);
    }

    private void opened(@Nullable Session session, @Nullable Throwable failure) {
        List<CompletableFuture<Session>> served;
        boolean isTooLate;
        synchronized (this) {
            isTooLate = isClosed;
            live = isTooLate ? null : session;
            times.became(live);
            served = List.copyOf(waiting);
            waiting.clear();
        }
        if (session != null && !isTooLate) {
            events.opened(session);
            served.forEach(each -> each.complete(session));
        } else {
            McpException why = isTooLate ? closed() : Failures.noSession(asMcp(failure));
            served.forEach(each -> each.completeExceptionally(why));
        }
    }

    /** This session is of no use any more; does nothing if another one is there already. */
    synchronized void lost(Session session, boolean isEraInDoubt) {
        if (live == session) {
            live = null;
            times.became(null);
            if (isEraInDoubt) {
                opener.doubt();
            }
        }
    }

    /** How long those lasted that are over. */
    Latencies lasted() {
        return times.counts();
    }

    /** No more sessions; returns the last one. */
    synchronized @Nullable Session close() {
        isClosed = true;
        Session last = live;
        live = null;
        times.became(null);
        return last;
    }

    private void onMessage(Link link, RpcMessage message) {
        if (message instanceof RpcMessage.Notice notice) {
            anomalies.notice();
            events.noticed(notice);
            return;
        }
        anomalies.serverRequest();
        Session session = live;
        if (session != null && session.link() == link) {
            session.onMessage(message);
        }
    }

    private static McpException closed() {
        return new McpException(Kind.CLOSED, Delivery.NOT_SENT, "the client is closed", null);
    }

    private static McpException asMcp(@Nullable Throwable failure) {
        Throwable cause = failure == null ? null : Stages.cause(failure);
        return cause instanceof McpException known
                ? known
                : new McpException(Kind.PROTOCOL, Delivery.NOT_SENT, "the session could not be opened", cause);
    }
}
