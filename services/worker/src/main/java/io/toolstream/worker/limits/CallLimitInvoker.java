package io.toolstream.worker.limits;

import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Gives all attempts of a call together, and the waits between them, as long as its tool is allowed to take; its own
 * deadline may be earlier. Belongs outside of whatever repeats attempts.
 */
public final class CallLimitInvoker implements Invoker {
    private final Invoker delegate;
    private final Duration limit;
    private final InstantSource clock;

    /** @param limit for tools about which the operator says nothing else */
    public CallLimitInvoker(Invoker delegate, Duration limit, InstantSource clock) {
        this.delegate = delegate;
        this.limit = limit;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        Duration allowed = Objects.requireNonNullElse(invocation.tool().policy().timeout(), limit);
        return delegate.invoke(invocation.endingBy(clock.millis() + allowed.toMillis()));
    }

    @Override
    public String toString() {
        return "CallLimitInvoker[" + delegate + "]";
    }
}
