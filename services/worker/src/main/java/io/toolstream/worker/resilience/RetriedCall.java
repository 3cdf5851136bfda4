package io.toolstream.worker.resilience;

import io.toolstream.settings.RetrySettings;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The attempts of one call, one after the other: each stage happens before the next, so nothing needs a guard. */
final class RetriedCall {
    /** A shorter wait holds a place in flight that nobody misses. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final RetryingInvoker stage;
    private final Invocation invocation;
    private int asked;

    /** The last failure after which the tool may have run: later ones, of attempts that were not sent, do not undo it. */
    private @Nullable Failure mayHaveRun;

    RetriedCall(RetryingInvoker stage, Invocation invocation) {
        this.stage = stage;
        this.invocation = invocation;
    }

    /** {@code number} counts from 1. */
    CompletableFuture<Answer> attempt(int number) {
        return stage.delegate()
                .invoke(invocation)
                .handle(Ending::new)
                .thenCompose(ending -> ended(number, ending.answer(), ending.thrown()));
    }

    private CompletableFuture<Answer> ended(int number, @Nullable Answer answer, @Nullable Throwable thrown) {
        Throwable bug = bug(thrown);
        if (bug != null) {
            return CompletableFuture.failedFuture(bug);
        }
        Outcome outcome = Outcome.of(answer, thrown);
        asked += outcome.attempts();
        if (outcome instanceof Outcome.Failed failed) {
            return failed(number, failed.failure());
        }
        if (number > 1) {
            stage.listener().ended(invocation.tool(), true);
        }
        Answer given = ((Outcome.Answered) outcome).answer();
        return CompletableFuture.completedFuture(new Answer(given.status(), given.result(), asked));
    }

    private CompletableFuture<Answer> failed(int number, Failure failure) {
        if (failure.mayHaveRun() != MayHaveRun.NO) {
            mayHaveRun = failure;
        }
        Optional<Duration> wait = waitBefore(number + 1, failure);
        if (wait.isEmpty()) {
            return give(number, upshot(failure));
        }
        stage.listener().retried(invocation.tool(), failure.code(), wait.get());
        invocation.trail().waited(wait.get());
        return stage.pauses().of(wait.get(), invocation.cancelled()).thenCompose(over -> again(number + 1));
    }

    private CompletableFuture<Answer> again(int number) {
        return invocation.cancelled().isDone() ? give(number, cancelled()) : attempt(number);
    }

    /** Empty if there is to be no such attempt. */
    private Optional<Duration> waitBefore(int number, Failure failure) {
        RetrySettings settings = invocation.tool().policy().retries();
        if (number > settings.attempts()
                || !RetryRule.helps(failure)
                || invocation.cancelled().isDone()) {
            return Optional.empty();
        }
        Duration wait = longer(stage.backoff().before(number, settings), failure.retryAfter());
        if (isTooLong(wait, settings) || wait.compareTo(invocation.timeLeft(stage.clock())) >= 0) {
            return Optional.empty();
        }
        if (!stage.budget().tryTake()) {
            stage.listener().budgetExhausted(invocation.tool());
            return Optional.empty();
        }
        return Optional.of(wait);
    }

    /**
     * A server that wants to be left alone for long, as one does whose quota is used up, would fill the worker with calls that
     * sleep: they are told when to come again, or park.
     */
    private static boolean isTooLong(Duration wait, RetrySettings settings) {
        return wait.compareTo(longer(SHORT, settings.maxDelay())) > 0;
    }

    private CompletableFuture<Answer> give(int number, Failure failure) {
        if (number > 1) {
            stage.listener().ended(invocation.tool(), false);
        }
        return InvocationFailed.stage(failure);
    }

    /** What to say of all attempts together. */
    private Failure upshot(Failure last) {
        Failure ran = mayHaveRun;
        if (ran == null || last.mayHaveRun() != MayHaveRun.NO) {
            return of(last, last.message(), last.retryAfter());
        }
        String message = ran.message() + "; then " + last.code().text() + ": " + last.message();
        return of(ran, message, last.retryAfter());
    }

    private Failure of(Failure told, String message, @Nullable Duration retryAfter) {
        return new Failure(told.code(), message, told.mayHaveRun(), told.isRetryable(), asked, retryAfter);
    }

    private Failure cancelled() {
        return new Failure(
                ErrorCode.CANCELLED,
                invocation.tool().title() + ": cancelled between two attempts",
                mayHaveRun == null ? MayHaveRun.NO : mayHaveRun.mayHaveRun(),
                false,
                asked,
                null);
    }

    /** What the backstop is to deal with. */
    private static @Nullable Throwable bug(@Nullable Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        return cause instanceof InvocationFailed ? null : cause;
    }

    private static Duration longer(Duration one, @Nullable Duration other) {
        return other == null || one.compareTo(other) > 0 ? one : other;
    }
}
