package io.toolstream.client;

import io.toolstream.wire.Reply;
import io.toolstream.wire.Status;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * How one of several calls ended: with a reply, or without one and why. One of the two is set.
 *
 * @param index among the calls given, from 0
 * @param id of the call
 * @param reply the final one, whatever its status; null where there is none
 * @param failure why there is no reply, and whether calling again may harm; null where there is one
 */
public record CallResult(
        long index,
        String id,
        @Nullable Reply reply,
        @Nullable ToolClientException failure) {
    public CallResult {
        if ((reply == null) == (failure == null)) {
            throw new IllegalArgumentException("either a reply or a failure expected");
        }
    }

    /** Of a future that is done. */
    static CallResult of(long index, ReplyFuture done) {
        return done.handle((reply, thrown) -> new CallResult(index, done.id(), reply, failure(thrown)))
                .join();
    }

    private static @Nullable ToolClientException failure(@Nullable Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause == null || cause instanceof ToolClientException) {
            return (ToolClientException) cause;
        }
        return new CallTimedOut("nobody waited for the reply any more: " + cause, true);
    }

    /** Whether the tool answered without an error of its own. */
    public boolean isOk() {
        return reply != null && reply.status() == Status.OK;
    }

    /** The reply. Throws the failure where there is none. */
    public Reply orThrow() {
        if (reply == null) {
            throw failure == null ? new IllegalStateException("neither reply nor failure") : failure;
        }
        return reply;
    }
}
