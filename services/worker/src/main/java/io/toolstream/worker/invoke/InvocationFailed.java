package io.toolstream.worker.invoke;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The only exception that a stage of the line carries: a {@link Failure} under way to the place where it becomes an
 * {@link Outcome}. An expected ending, so it has no stack trace; a bug's own exception is its cause.
 */
public final class InvocationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public InvocationFailed(Failure failure) {
        this(failure, null);
    }

    InvocationFailed(Failure failure, @Nullable Throwable cause) {
        super(failure.code().text() + ": " + failure.message(), cause, false, false);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }

    /** A stage that has failed already. */
    public static <T> CompletableFuture<T> stage(Failure failure) {
        return CompletableFuture.failedFuture(new InvocationFailed(failure));
    }
}
