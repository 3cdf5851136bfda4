package io.toolstream.worker.invoke;

import io.toolstream.wire.Status;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** How a call ended: the one place where failed stages become values again. */
public sealed interface Outcome {
    Status status();

    int attempts();

    /** The tool server answered. */
    record Answered(Answer answer) implements Outcome {
        @Override
        public Status status() {
            return answer.status();
        }

        @Override
        public int attempts() {
            return answer.attempts();
        }
    }

    /** There is no answer. */
    record Failed(Failure failure) implements Outcome {
        @Override
        public Status status() {
            return failure.code().status();
        }

        @Override
        public int attempts() {
            return failure.attempts();
        }
    }

    /** The ending of a stage: exactly one of the two is set, as {@code CompletableFuture.handle} gives them. */
    static Outcome of(@Nullable Answer answer, @Nullable Throwable thrown) {
        return answer != null ? new Answered(answer) : new Failed(failureOf(thrown));
    }

    private static Failure failureOf(@Nullable Throwable thrown) {
        if (thrown instanceof CompletionException && thrown.getCause() != null) {
            return failureOf(thrown.getCause());
        }
        return thrown instanceof InvocationFailed failed ? failed.failure() : Failure.bug();
    }
}
