package io.toolstream.worker.limits;

import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import java.util.concurrent.CompletableFuture;

/**
 * Makes every attempt own a permit of its endpoint. When none is free it waits for its turn, holding no thread; when that
 * would take too long it fails at once with {@code OVERLOADED} and when to come again. The permit goes back when the
 * attempt has really ended, whatever the caller thinks of it by then.
 *
 * <p>Who waited goes on with the thread on which the permit came back.
 */
public final class LimitingInvoker implements Invoker {
    private final Invoker delegate;
    private final ServerPermits permits;

    public LimitingInvoker(Invoker delegate, ServerPermits permits) {
        this.delegate = delegate;
        this.permits = permits;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        if (invocation.cancelled().isDone()) {
            return InvocationFailed.stage(Failure.beforeDispatch(ErrorCode.CANCELLED, "cancelled before dispatch"));
        }
        CompletableFuture<Permit> permit = permits.take(invocation);
        return permit.thenCompose(taken -> attempt(invocation, taken));
    }

    private CompletableFuture<Answer> attempt(Invocation invocation, Permit permit) {
        try {
            return delegate.invoke(invocation)
                    .whenComplete((answer, thrown) -> permit.giveBack(Outcome.of(answer, thrown)));
        } catch (Throwable thrown) {
            permit.giveBack(Outcome.of(null, thrown));
            throw thrown;
        }
    }

    @Override
    public String toString() {
        return "LimitingInvoker[" + delegate + "]";
    }
}
