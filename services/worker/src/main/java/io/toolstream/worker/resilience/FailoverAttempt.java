package io.toolstream.worker.resilience;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.resilience.FailoverInvoker.Target;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One attempt on its way from endpoint to endpoint: one at a time, so nothing needs a guard. */
final class FailoverAttempt {
    private final Invocation invocation;
    private final List<Target> order;
    private final InstantSource clock;
    private @Nullable Failure first;
    private int asked;
    private @Nullable Duration soonest;

    FailoverAttempt(Invocation invocation, List<Target> targets, InstantSource clock) {
        this.invocation = invocation;
        this.order = order(targets, invocation.trail().replica());
        this.clock = clock;
    }

    /** Fit ones first, among them the one that was {@code askedBefore} last. */
    private static List<Target> order(List<Target> targets, @Nullable String askedBefore) {
        List<Target> order = new ArrayList<>(targets.size());
        List<Target> again = new ArrayList<>(1);
        List<Target> unfit = new ArrayList<>(targets.size());
        for (Target target : targets) {
            if (!target.isFit().getAsBoolean()) {
                unfit.add(target);
            } else if (target.name().equals(askedBefore)) {
                again.add(target);
            } else {
                order.add(target);
            }
        }
        order.addAll(again);
        order.addAll(unfit);
        return order;
    }

    CompletableFuture<Answer> begin() {
        return ask(0);
    }

    private CompletableFuture<Answer> ask(int index) {
        return order.get(index)
                .invoker()
                .invoke(invocation)
                .handle(Ending::new)
                .thenCompose(ending -> ended(index, ending.answer(), ending.thrown()));
    }

    private CompletableFuture<Answer> ended(int index, @Nullable Answer answer, @Nullable Throwable thrown) {
        if (answer != null) {
            return CompletableFuture.completedFuture(
                    new Answer(answer.status(), answer.result(), asked + answer.attempts()));
        }
        Failure failure = failureOf(thrown);
        if (failure == null) {
            return CompletableFuture.failedFuture(thrown == null ? new IllegalStateException("no end") : thrown);
        }
        asked += failure.attempts();
        soonest = sooner(soonest, failure.retryAfter());
        Failure told = first == null ? failure : first;
        first = told;
        if (!mayGoElsewhere(failure)) {
            return InvocationFailed.stage(with(failure, failure.retryAfter()));
        }
        boolean isOver = index + 1 == order.size()
                || invocation.cancelled().isDone()
                || invocation.timeLeft(clock).toMillis() <= 0;
        return isOver ? InvocationFailed.stage(with(told, soonest)) : ask(index + 1);
    }

    private static @Nullable Failure failureOf(@Nullable Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        return cause instanceof InvocationFailed failed ? failed.failure() : null;
    }

    private static boolean mayGoElsewhere(Failure failure) {
        ErrorCode code = failure.code();
        return failure.mayHaveRun() == MayHaveRun.NO
                && (code == ErrorCode.BREAKER_OPEN || code == ErrorCode.OVERLOADED || RetryRule.helps(failure));
    }

    private Failure with(Failure failure, @Nullable Duration retryAfter) {
        return new Failure(
                failure.code(), failure.message(), failure.mayHaveRun(), failure.isRetryable(), asked, retryAfter);
    }

    private static @Nullable Duration sooner(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }
}
