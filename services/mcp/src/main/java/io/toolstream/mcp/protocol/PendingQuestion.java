package io.toolstream.mcp.protocol;

import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The future of one question and its way there: get a session, send, read the reply, and go on asking as long as the
 * inquiry wants to; once more if the server did not know the session, or if what we know of its tools was out of date.
 * Whoever completes it from outside, be it by {@link #cancel} or {@link #orTimeout}, ends the exchange.
 *
 * <p>Its steps follow each other, on whatever thread; only completions come from outside at any time.
 */
final class PendingQuestion<T> extends CompletableFuture<T> {
    private final Asking asking;
    private final int answerBytes;
    private final long deadlineNanos;
    private volatile Inquiry<T> inquiry;
    private volatile @Nullable Exchange exchange;
    private volatile Delays.@Nullable Delay pause;
    private boolean isSecondTry;

    PendingQuestion(Asking asking, Question<T> question) {
        this.asking = asking;
        this.inquiry = question.inquiry();
        this.answerBytes = question.answerBytes();
        this.deadlineNanos = question.deadlineNanos();
    }

    PendingQuestion<T> start() {
        begin();
        return this;
    }

    private void begin() {
        Session session = asking.sessions().live();
        if (session != null) {
            send(session);
        } else {
            awaitSession();
        }
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
        Delays.Delay limit = asking.delays().after(answerByNanos() - System.nanoTime(), () -> timeIsUp(why));
        step.whenComplete((there, failure) -> {
            limit.cancel();
            proceed(step, next);
        });
    }

    private <U> void proceed(CompletableFuture<U> done, Consumer<U> next) {
        if (isDone()) {
            return;
        }
        U there;
        try {
            there = done.join();
        } catch (CompletionException e) {
            take(
                    e.getCause() instanceof McpException known
                            ? inquiry.failed(known)
                            : new Step.Failed<>(new McpException(Kind.PROTOCOL, Delivery.MAYBE, "cannot go on", e)));
            return;
        }
        next.accept(there);
    }

    private void send(Session session) {
        Command command = inquiry.command(session);
        Outbound message = session.encode(command, answerBytes, exchangeDeadlineNanos());
        if (command.listener() != CallListener.NONE) {
            asking.reports().expect(message.id(), command.listener());
        }
        Exchange sent = session.link().request(message, reply -> replied(session, command, message, reply));
        exchange = sent;
        if (isDone()) {
            sent.abort();
        }
    }

    private long exchangeDeadlineNanos() {
        long now = System.nanoTime();
        long byNanos = answerByNanos();
        return inquiry.limitNanos() < byNanos - now ? now + inquiry.limitNanos() : byNanos;
    }

    private long answerByNanos() {
        return inquiry.answerByNanos(deadlineNanos);
    }

    private void replied(Session session, Command command, Outbound message, Reply reply) {
        if (command.listener() != CallListener.NONE) {
            asking.reports().forget(message.id());
        }
        if (Replies.isGivenUp(reply)) {
            session.givenUp(message, reply);
        }
        asking.observe(session, reply);
        if (isDone()) {
            return;
        }
        Verdict verdict = session.read(message, reply);
        if (verdict instanceof Verdict.Result result) {
            take(read(session, result));
        } else if (verdict instanceof Verdict.SessionLost lost) {
            asking.sessions().lost(session, lost.isEraInDoubt());
            tryAgain(lost.why(), this::awaitSession);
        } else if (verdict instanceof Verdict.ToolsOutdated outdated) {
            tryAgain(outdated.why(), this::awaitTools);
        } else {
            take(inquiry.failed(((Verdict.Failure) verdict).why()));
        }
    }

    private Step<T> read(Session session, Verdict.Result result) {
        try {
            return inquiry.read(session, result);
        } catch (McpException e) {
            return new Step.Failed<>(e);
        }
    }

    /** Once: a server that says so again is broken. */
    private void tryAgain(McpException why, Runnable again) {
        if (isSecondTry) {
            take(inquiry.failed(why));
        } else {
            isSecondTry = true;
            again.run();
        }
    }

    private void awaitTools() {
        await(asking.refreshTools(), tools -> awaitSession(), "no list of tools in time");
    }

    private void take(Step<T> step) {
        if (step instanceof Step.Done<T> done) {
            super.complete(done.value());
        } else if (step instanceof Step.Failed<T> failed) {
            fail(failed.why());
        } else if (step instanceof Step.After<T> after) {
            pauseFor(after.delay().toNanos(), after.next());
        } else {
            await(((Step.When<T>) step).next(), this::goOn, "nobody answered what the server asked in time");
        }
    }

    private void pauseFor(long nanos, Inquiry<T> next) {
        inquiry = next;
        long leftNanos = answerByNanos() - System.nanoTime();
        pause = nanos < leftNanos
                ? asking.delays().after(nanos, () -> goOn(next))
                : asking.delays().after(leftNanos, () -> timeIsUp("no result in time"));
        if (isDone()) {
            endPause();
        }
    }

    private void goOn(Inquiry<T> next) {
        inquiry = next;
        isSecondTry = false;
        exchange = null;
        if (!isDone()) {
            begin();
        }
    }

    private void timeIsUp(String why) {
        fail(new McpException(Kind.TIMEOUT, Delivery.NOT_SENT, why, null));
    }

    private void fail(McpException why) {
        if (super.completeExceptionally(inquiry.told(why)) && why.kind() == Kind.TIMEOUT) {
            sayFarewell();
        }
    }

    private void sayFarewell() {
        Inquiry<?> farewell = inquiry.farewell();
        if (farewell != null) {
            asking.aside(farewell);
        }
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
        if (wasOpen) {
            if (sent != null) {
                sent.abort();
            }
            endPause();
            sayFarewell();
        }
        return wasOpen;
    }

    private void endPause() {
        Delays.Delay last = pause;
        if (last != null) {
            last.cancel();
        }
    }

    /** Stages made of this one are ordinary. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
