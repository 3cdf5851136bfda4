package io.toolstream.worker.invoke;

import io.toolstream.wire.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The outermost invoker, a backstop: whatever an inner one throws or fails with becomes an {@link InvocationFailed}, so
 * that a bug costs one call and not the worker. Every use of it is a bug and is logged with its stack trace.
 */
public final class NeverThrowInvoker implements Invoker {
    private final Invoker delegate;

    public NeverThrowInvoker(Invoker delegate) {
        this.delegate = delegate;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        try {
            return delegate.invoke(invocation).exceptionally(thrown -> {
                throw expected(invocation, thrown);
            });
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(expected(invocation, thrown));
        }
    }

    private static InvocationFailed expected(Invocation invocation, Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof InvocationFailed failed ? failed : bug(invocation, cause);
    }

    private static InvocationFailed bug(Invocation invocation, Throwable thrown) {
        CallLog.bug(
                "executing " + invocation.origin().title(),
                invocation.call().id(),
                invocation.tool(),
                invocation.call().context().trace(),
                thrown);
        return new InvocationFailed(
                Failure.inTheDark(invocation.tool(), ErrorCode.INTERNAL, "a bug of the worker, see its log"), thrown);
    }

    @Override
    public String toString() {
        return "NeverThrowInvoker[" + delegate + "]";
    }
}
