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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The future of one question and its way there: get a session, send, read the reply; once more if the server did not know
 * the session, or if what we know of its tools was out of date. Whoever completes it from outside, be it by {@link
 * #cancel} or {@link #orTimeout}, ends the exchange.
 */
final class PendingQuestion<T> extends CompletableFuture<T> {
    private final Asking asking;
    private final Question<T> question;
    private volatile @Nullable Exchange exchange;
    private boolean isSecondTry;

    PendingQuestion(Asking asking, Question<T> question) {
        this.asking = asking;
        this.question = question;
    }

    PendingQuestion<T> start() {
        Session session = asking.sessions().live();
        if (session != null) {
            send(session);
        } else {
            awaitSession();
        }
        return this;
    }

    private void awaitSession() {
        await(asking.sessions().session(), this::send, "no session in time");
    }

    /** Goes on when something is there, but not after the deadline. */
    @SuppressWarnings("FutureReturnValueIgnored") // the last stage only passes on
    private <U> void await(CompletableFuture<U> step, Consumer<U> next, String why) {
        if (step.isDone()) {
            proceed(step, next);
            return;
        }
        long leftNanos = question.deadlineNanos() - System.nanoTime();
        Future<?> limit = asking.timer()
                .schedule(
                        () -> super.completeExceptionally(new McpException(Kind.TIMEOUT, Delivery.NOT_SENT, why, null)),
                        leftNanos,
                        TimeUnit.NANOSECONDS);
        step.whenComplete((there, failure) -> {
            limit.cancel(false);
            proceed(step, next);
        });
    }

    private <U> void proceed(CompletableFuture<U> done, Consumer<U> next) {
        if (isDone()) {
            return;
        }
        try {
            next.accept(done.join());
        } catch (CompletionException e) {
            super.completeExceptionally(e.getCause() instanceof McpException known ? known : e);
        }
    }

    private void send(Session session) {
        Command command = question.inquiry().command(session);
        Outbound message = session.encode(command, question.answerBytes(), question.deadlineNanos());
        Exchange sent = session.link().request(message, reply -> replied(session, message, reply));
        exchange = sent;
        if (isDone()) {
            sent.abort();
        }
    }

    private void replied(Session session, Outbound message, Reply reply) {
        if (Replies.isGivenUp(reply)) {
            session.givenUp(message, reply);
        }
        asking.observe(session, reply);
        if (isDone()) {
            return;
        }
        Verdict verdict = session.read(message, reply);
        if (verdict instanceof Verdict.Result result) {
            read(session, result);
        } else if (verdict instanceof Verdict.SessionLost lost) {
            asking.sessions().lost(session, lost.isEraInDoubt());
            tryAgain(lost.why(), this::awaitSession);
        } else if (verdict instanceof Verdict.ToolsOutdated outdated) {
            tryAgain(outdated.why(), this::awaitTools);
        } else {
            super.completeExceptionally(((Verdict.Failure) verdict).why());
        }
    }

    private void read(Session session, Verdict.Result result) {
        try {
            super.complete(question.inquiry().read(session, result));
        } catch (McpException e) {
            super.completeExceptionally(e);
        }
    }

    /** Once: a server that says so again is broken. */
    private void tryAgain(McpException why, Runnable again) {
        if (isSecondTry) {
            super.completeExceptionally(why);
        } else {
            isSecondTry = true;
            again.run();
        }
    }

    private void awaitTools() {
        await(asking.refreshTools(), tools -> awaitSession(), "no list of tools in time");
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
