package io.toolstream.worker.limits;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** One ordered call that waits for its server, again and again: each stage happens before the next, so nothing needs a guard. */
final class LaneWait {
    private static final Duration UNKNOWN = Duration.ofSeconds(1);

    private final LaneInvoker stage;
    private final Invocation invocation;
    private Duration left = LaneInvoker.LONGEST;
    private int asked;

    LaneWait(LaneInvoker stage, Invocation invocation) {
        this.stage = stage;
        this.invocation = invocation;
    }

    CompletableFuture<Answer> begin() {
        return stage.delegate().invoke(invocation).handle(Outcome::of).thenCompose(this::ended);
    }

    private CompletableFuture<Answer> ended(Outcome outcome) {
        asked += outcome.attempts();
        if (outcome instanceof Outcome.Answered answered) {
            stage.givenUp(false);
            Answer answer = answered.answer();
            return CompletableFuture.completedFuture(new Answer(answer.status(), answer.result(), asked));
        }
        Failure failure = ((Outcome.Failed) outcome).failure();
        Duration wait = Objects.requireNonNullElse(failure.retryAfter(), UNKNOWN);
        if (passes(failure) && wait.compareTo(left) > 0) {
            stage.givenUp(true);
        }
        return passes(failure) && isWorthIt(wait) && stage.takePlace()
                ? await(wait)
                : InvocationFailed.stage(told(failure));
    }

    private static boolean passes(Failure failure) {
        return failure.mayHaveRun() == MayHaveRun.NO && passes(failure.code());
    }

    /** What lets others park. */
    private static boolean passes(ErrorCode code) {
        return switch (code) {
            case SERVER_UNAVAILABLE, OVERLOADED, BREAKER_OPEN, CONNECT_FAILED, RATE_LIMITED -> true;
            default -> false;
        };
    }

    private boolean isWorthIt(Duration wait) {
        return wait.compareTo(left) <= 0
                && wait.compareTo(invocation.timeLeft(stage.time().clock())) < 0
                && !invocation.cancelled().isDone();
    }

    private CompletableFuture<Answer> await(Duration wait) {
        left = left.minus(wait);
        invocation.trail().waited(wait);
        CompletableFuture<Void> over = new CompletableFuture<>();
        stage.time().at(stage.time().nowNanos() + wait.toNanos(), () -> over.complete(null));
        var unused = invocation.cancelled().thenRun(() -> over.complete(null));
        return over.thenCompose(due -> {
            stage.leavePlace();
            return begin();
        });
    }

    private Failure told(Failure failure) {
        return new Failure(
                failure.code(),
                failure.message(),
                failure.mayHaveRun(),
                failure.isRetryable(),
                asked,
                failure.retryAfter());
    }
}
