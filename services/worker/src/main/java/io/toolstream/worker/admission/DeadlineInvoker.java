package io.toolstream.worker.admission;

import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Holds the deadline on both sides. Right before dispatch it looks once more, whatever the call waited for on its way: nothing
 * is dispatched for a caller who has given up. And a grace after the deadline it ends the invocation, whatever goes on
 * inside: an answer that never comes must not hold the call's place, and all that its partition could commit, for ever.
 *
 * <p>Belongs around the innermost invoker, whose own time-out comes first.
 */
public final class DeadlineInvoker implements Invoker {
    /** After the deadline; the promise of a final reply names it. */
    public static final Duration GRACE = Duration.ofSeconds(2);

    private final Invoker delegate;
    private final Executor callThreads;
    private final InstantSource clock;

    public DeadlineInvoker(Invoker delegate, Executor callThreads, InstantSource clock) {
        this.delegate = delegate;
        this.callThreads = callThreads;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        Optional<Failure> late = Deadlines.passed(invocation.call(), clock, "before dispatch");
        if (late.isPresent()) {
            return InvocationFailed.stage(late.get());
        }
        long limitMillis = invocation.timeLeft(clock).plus(GRACE).toMillis();
        return delegate.invoke(invocation)
                .copy()
                .orTimeout(limitMillis, TimeUnit.MILLISECONDS)
                .exceptionallyAsync(thrown -> fail(invocation, thrown), callThreads);
    }

    private static Answer fail(Invocation invocation, Throwable thrown) {
        if (thrown instanceof TimeoutException) {
            throw new InvocationFailed(Failure.inTheDark(
                    invocation.tool(),
                    ErrorCode.TIMED_OUT,
                    invocation.tool().title() + " has not answered by the deadline"));
        }
        throw new CompletionException(thrown instanceof CompletionException ? thrown.getCause() : thrown);
    }

    @Override
    public String toString() {
        return "DeadlineInvoker[" + delegate + "]";
    }
}
