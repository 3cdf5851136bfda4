package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The future of one question and its way there: get a session, send, read the reply; once more in a new session if the
 * server had forgotten the old one. Whoever completes it from outside, be it by {@link #cancel} or {@link #orTimeout},
 * ends the exchange.
 */
final class PendingQuestion<T> extends CompletableFuture<T> {
    private final SessionKeeper sessions;
    private final ScheduledExecutorService timer;
    private final Question<T> question;
    private volatile @Nullable Exchange exchange;
    private boolean isSecondTry;

    PendingQuestion(SessionKeeper sessions, ScheduledExecutorService timer, Question<T> question) {
        this.sessions = sessions;
        this.timer = timer;
        this.question = question;
    }

    PendingQuestion<T> start() {
        Session session = sessions.live();
        if (session != null) {
            send(session);
        } else {
            awaitSession();
        }
        return this;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the last stage only passes on
    private void awaitSession() {
        CompletableFuture<Session> opening = sessions.session();
        if (opening.isDone()) {
            proceed(opening);
            return;
        }
        long leftNanos = question.deadlineNanos() - System.nanoTime();
        Future<?> limit = timer.schedule(
                () -> fail(Kind.TIMEOUT, Delivery.NOT_SENT, "no session in time"), leftNanos, TimeUnit.NANOSECONDS);
        opening.whenComplete((session, failure) -> {
            limit.cancel(false);
            proceed(opening);
        });
    }

    /** The opening is done. */
    private void proceed(CompletableFuture<Session> opening) {
        if (isDone()) {
            return;
        }
        try {
            send(opening.join());
        } catch (CompletionException e) {
            super.completeExceptionally(e.getCause() instanceof McpException known ? known : e);
        }
    }

    private void send(Session session) {
        Outbound message =
                session.encode(question.command().apply(session), question.answerBytes(), question.deadlineNanos());
        Exchange sent = session.link().request(message, reply -> replied(session, message, reply));
        exchange = sent;
        if (isDone()) {
            sent.abort();
        }
    }

    private void replied(Session session, Outbound message, Reply reply) {
        session.givenUp(message, reply);
        question.onReply().accept(session, reply);
        if (isDone()) {
            return;
        }
        Verdict verdict = session.read(message, reply);
        if (verdict instanceof Verdict.Result result) {
            read(result);
        } else if (verdict instanceof Verdict.SessionLost lost) {
            retry(session, lost);
        } else {
            super.completeExceptionally(((Verdict.Failure) verdict).why());
        }
    }

    private void read(Verdict.Result result) {
        try {
            super.complete(question.reader().apply(result.answer()));
        } catch (McpException e) {
            super.completeExceptionally(e);
        }
    }

    /** Once: a server that forgets every session is broken. */
    private void retry(Session session, Verdict.SessionLost lost) {
        sessions.lost(session);
        if (isSecondTry) {
            super.completeExceptionally(lost.why());
        } else {
            isSecondTry = true;
            awaitSession();
        }
    }

    private void fail(Kind kind, Delivery delivery, String why) {
        super.completeExceptionally(new McpException(kind, delivery, why, null));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return abortIf(super.cancel(mayInterruptIfRunning));
    }

    @Override
    public boolean complete(T value) {
        return abortIf(super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return abortIf(super.completeExceptionally(failure));
    }

    private boolean abortIf(boolean wasOpen) {
        Exchange sent = exchange;
        if (wasOpen && sent != null) {
            sent.abort();
        }
        return wasOpen;
    }

    /** Stages made of this one are ordinary. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
