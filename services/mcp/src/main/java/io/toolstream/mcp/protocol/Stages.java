package io.toolstream.mcp.protocol;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Keeps the promise that futures fail with the exception itself, also where one was made of another. */
final class Stages {
    private Stages() {}

    /** The same outcome, without the wrapping of dependent stages. */
    @SuppressWarnings("FutureReturnValueIgnored") // the last stage only passes on
    static <T> CompletableFuture<T> unwrapped(CompletableFuture<T> stage) {
        CompletableFuture<T> bare = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                bare.complete(value);
            } else {
                bare.completeExceptionally(cause(failure));
            }
        });
        return bare;
    }

    static Throwable cause(Throwable failure) {
        @Nullable Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }
}
