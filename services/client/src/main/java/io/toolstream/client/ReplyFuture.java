package io.toolstream.client;

import io.toolstream.wire.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The reply to one call, to come; and the handle of that call. Completes with the final reply, whatever its status, or
 * exceptionally with a {@link ToolClientException}, on a thread of the client, which must not be blocked. Cancelling the
 * future ends the waiting; {@link #cancelCall()} ends the call. Stages made of this are ordinary futures.
 */
public final class ReplyFuture extends CompletableFuture<Reply> {
    private final String id;
    private final String correlationId;
    private final Function<String, CompletableFuture<Void>> canceller;

    ReplyFuture(PendingCall.Identity identity, Function<String, CompletableFuture<Void>> canceller) {
        this.id = identity.id();
        this.correlationId = identity.correlationId();
        this.canceller = canceller;
    }

    /** The call's id: worth keeping by a caller who may ask for the reply in a later life. */
    public String id() {
        return id;
    }

    /** What its reply is told by on the reply topic. */
    public String correlationId() {
        return correlationId;
    }

    /**
     * Asks to cancel the call, wherever it is, and goes on waiting for the reply, which says what became of it. Completes
     * when the wish is accepted, as {@link ToolClient#cancel} does. Any thread, also before the call was sent: then it never
     * is.
     */
    public CompletableFuture<Void> cancelCall() {
        return canceller.apply(id);
    }

    @Override
    public String toString() {
        return "ReplyFuture[" + id + (isDone() ? ", done]" : "]");
    }
}
