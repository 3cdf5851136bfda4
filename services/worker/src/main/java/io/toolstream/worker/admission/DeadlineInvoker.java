package io.toolstream.worker.admission;

import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at the deadline once more, right before dispatch: whatever a call waited for on its way, nothing is dispatched
 * for a caller who has given up. Belongs around the innermost invoker.
 */
public final class DeadlineInvoker implements Invoker {
    private final Invoker delegate;
    private final InstantSource clock;

    public DeadlineInvoker(Invoker delegate, InstantSource clock) {
        this.delegate = delegate;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        Optional<Failure> late = Deadlines.passed(invocation.call(), clock, "before dispatch");
        return late.isPresent() ? InvocationFailed.stage(late.get()) : delegate.invoke(invocation);
    }

    @Override
    public String toString() {
        return "DeadlineInvoker[" + delegate + "]";
    }
}
