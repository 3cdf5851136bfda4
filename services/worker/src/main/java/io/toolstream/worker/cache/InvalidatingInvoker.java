package io.toolstream.worker.cache;

import io.toolstream.wire.MayHaveRun;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Makes kept answers void once a call has run, or may have, that changes what they tell. The caller learns of its answer when
 * the mark is acknowledged, so that what it asks next is asked afresh, on whichever worker; a broker that keeps the mark
 * waiting keeps the answer for a second at most, and the call's settlement until it has taken it. Calls of other tools pass by.
 */
public final class InvalidatingInvoker implements Invoker {
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Invoker delegate;
    private final Epochs epochs;
    private final CacheObserver observer;
    private final Executor callThreads;

    public InvalidatingInvoker(Invoker delegate, Epochs epochs, CacheObserver observer, Executor callThreads) {
        this.delegate = delegate;
        this.epochs = epochs;
        this.observer = observer;
        this.callThreads = callThreads;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        List<ToolName> voided = ToolName.voidedBy(invocation.tool());
        return voided.isEmpty()
                ? delegate.invoke(invocation)
                : delegate.invoke(invocation)
                        .handle(Outcome::of)
                        .thenCompose(outcome -> advance(invocation, outcome, voided));
    }

    private CompletableFuture<Answer> advance(Invocation invocation, Outcome outcome, List<ToolName> voided) {
        if (outcome instanceof Outcome.Failed failed && failed.failure().mayHaveRun() == MayHaveRun.NO) {
            return ended(outcome);
        }
        observer.saw(invocation.tool(), CacheEvent.INVALIDATION);
        CompletableFuture<Void> marked =
                epochs.advance(voided, invocation.tool().title());
        invocation.obligations().add(marked);
        return marked.isDone()
                ? ended(outcome)
                : marked.copy()
                        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .handleAsync((done, late) -> late == null, callThreads)
                        .thenCompose(isMarked -> ended(outcome));
    }

    private static CompletableFuture<Answer> ended(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered
                ? CompletableFuture.completedFuture(answered.answer())
                : InvocationFailed.stage(((Outcome.Failed) outcome).failure());
    }

    @Override
    public String toString() {
        return "InvalidatingInvoker[" + delegate + "]";
    }
}
