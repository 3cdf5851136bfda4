package io.toolstream.worker.invoke;

import java.util.concurrent.CompletableFuture;

/**
 * Executes invocations, itself or through the invoker it wraps. Any thread may call; {@code invoke} returns at once, never
 * blocks and never throws.
 */
@FunctionalInterface
public interface Invoker {
    /**
     * Begins one invocation.
     *
     * @return completes on a {@code call-n} or {@code timer} thread, always, exceptionally with an
     *     {@link InvocationFailed} only
     */
    CompletableFuture<Answer> invoke(Invocation invocation);
}
