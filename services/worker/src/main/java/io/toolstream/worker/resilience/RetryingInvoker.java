package io.toolstream.worker.resilience;

import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;

/**
 * Makes further attempts where the first one failed with something that passes, as the tool's policy has it: only what the
 * tool's effect allows or what was provably not sent, only within the call's deadline, and only within the server's budget.
 * No wait is longer than the policy's longest, or two seconds: what the server puts off for longer fails, and says until when.
 */
public final class RetryingInvoker implements Invoker {
    private final Invoker delegate;
    private final RetryBudget budget;
    private final Pauses pauses;
    private final Backoff backoff;
    private final InstantSource clock;
    private final RetryListener listener;

    /**
     * For one server.
     *
     * @param delegate makes one attempt
     * @param random from 0 to 1, without 1; any thread
     */
    public RetryingInvoker(
            Invoker delegate,
            RetryBudget budget,
            Pauses pauses,
            DoubleSupplier random,
            InstantSource clock,
            RetryListener listener) {
        this.delegate = delegate;
        this.budget = budget;
        this.pauses = pauses;
        this.backoff = new Backoff(random);
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        budget.first();
        return new RetriedCall(this, invocation).attempt(1);
    }

    Invoker delegate() {
        return delegate;
    }

    RetryBudget budget() {
        return budget;
    }

    Pauses pauses() {
        return pauses;
    }

    Backoff backoff() {
        return backoff;
    }

    InstantSource clock() {
        return clock;
    }

    RetryListener listener() {
        return listener;
    }

    @Override
    public String toString() {
        return "RetryingInvoker[" + delegate + "]";
    }
}
