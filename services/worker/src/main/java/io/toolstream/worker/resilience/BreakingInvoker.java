package io.toolstream.worker.resilience;

import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * Lets an attempt through to its endpoint if the breaker of that does, and tells the breaker how it went. The permit comes
 * back exactly once: with the attempt's end, or when the caller cancels, whatever the attempt does then.
 */
public final class BreakingInvoker implements Invoker {
    private final Invoker delegate;
    private final Breaker breaker;
    private final Duration slow;
    private final InstantSource clock;

    /** @param slow a caller who allows less than this and gets no answer says nothing about the endpoint */
    public BreakingInvoker(Invoker delegate, Breaker breaker, Duration slow, InstantSource clock) {
        this.delegate = delegate;
        this.breaker = breaker;
        this.slow = slow;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        Entry entry = breaker.enter();
        return entry instanceof Permit permit
                ? attempt(invocation, permit)
                : InvocationFailed.stage(refusal((Entry.Refused) entry));
    }

    private Failure refusal(Entry.Refused refused) {
        String message = breaker.endpoint() + " is left alone for now, its breaker is "
                + refused.state().text() + ": " + refused.cause();
        return Failure.beforeDispatch(ErrorCode.BREAKER_OPEN, message).retryAfter(refused.retryAfter());
    }

    private CompletableFuture<Answer> attempt(Invocation invocation, Permit permit) {
        Duration allowed = invocation.timeLeft(clock);
        Duration waitedBefore = invocation.trail().waited();
        CompletableFuture<Answer> attempt;
        try {
            attempt = delegate.invoke(invocation);
        } catch (Throwable bug) {
            permit.release();
            return CompletableFuture.failedFuture(bug);
        }
        var unused = invocation.cancelled().thenRun(permit::release);
        return attempt.whenComplete((answer, thrown) -> {
            Outcome outcome = Outcome.of(answer, thrown);
            Duration waited = invocation.trail().waited().minus(waitedBefore);
            BreakerVerdict verdict =
                    InvocationFailed.isAnswer(thrown) ? BreakerVerdict.SUCCESS : verdict(outcome, allowed, invocation);
            permit.end(verdict, reason(outcome), waited);
        });
    }

    private BreakerVerdict verdict(Outcome outcome, Duration allowed, Invocation invocation) {
        BreakerVerdict verdict = BreakerVerdict.of(outcome);
        boolean isCallersDoing = invocation.cancelled().isDone()
                || (isTimeout(outcome)
                        && allowed.compareTo(slow) < 0
                        && invocation.timeLeft(clock).toMillis() <= 0);
        return verdict.isFailure() && isCallersDoing ? BreakerVerdict.NEUTRAL : verdict;
    }

    /** What was cut off by the call's own deadline; of a tool that runs once nothing more is known. */
    private static boolean isTimeout(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                && (failed.failure().code() == ErrorCode.TIMED_OUT
                        || failed.failure().code() == ErrorCode.OUTCOME_UNKNOWN);
    }

    private static String reason(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                ? failed.failure().code().text()
                : outcome.status().text();
    }

    @Override
    public String toString() {
        return "BreakingInvoker[" + delegate + "]";
    }
}
