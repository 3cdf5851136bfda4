package io.toolstream.worker.invoke;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The only exception that a stage of the line carries: a {@link Failure} under way to the place where it becomes an
 * {@link Outcome}. An expected ending, so it has no stack trace; a bug's own exception is its cause.
 */
public final class InvocationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final @Nullable Integer rpcCode;

    public InvocationFailed(Failure failure) {
        this(failure, null, null);
    }

    InvocationFailed(Failure failure, Throwable cause) {
        this(failure, cause, null);
    }

    private InvocationFailed(Failure failure, @Nullable Throwable cause, @Nullable Integer rpcCode) {
        super(failure.code().text() + ": " + failure.message(), cause, false, false);
        this.failure = failure;
        this.rpcCode = rpcCode;
    }

    /** The tool server itself said so, in the words of the protocol: whatever failed, it works. */
    public static InvocationFailed byAnswer(Failure failure, int rpcCode) {
        return new InvocationFailed(failure, null, rpcCode);
    }

    /** Whether a stage failed with an answer of the tool server. */
    public static boolean isAnswer(@Nullable Throwable thrown) {
        return rpcCode(thrown) != null;
    }

    /** The code of the JSON-RPC error that a stage failed with; null where it was no answer. */
    public static @Nullable Integer rpcCode(@Nullable Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        return cause instanceof InvocationFailed failed ? failed.rpcCode : null;
    }

    public Failure failure() {
        return failure;
    }

    /** A stage that has failed already. */
    public static <T> CompletableFuture<T> stage(Failure failure) {
        return CompletableFuture.failedFuture(new InvocationFailed(failure));
    }
}
