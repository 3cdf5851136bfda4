package io.toolstream.mcp.transport;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Where messages for one server are put: an HTTP endpoint with its pool, one child, one socket. Many requests may be
 * under way. Any thread may call; nothing blocks or throws.
 */
public interface Link {
    /** Whether requests still make sense here. An HTTP endpoint is always open until it is closed. */
    boolean isOpen();

    /**
     * Whether nobody else speaks over it: a child, a socket. Then silence tells something, and giving up a request does
     * not tell the server; over HTTP the connection is closed, which does.
     */
    boolean isPrivate();

    /**
     * Sends a request.
     *
     * @param onReply called exactly once, on an I/O thread, at the latest when the message's deadline has passed; it must
     *     neither block nor throw
     */
    Exchange request(Outbound message, Consumer<Reply> onReply);

    /**
     * Opens a stream on which the server speaks by itself, to the inbox, apart from what requests use; reads it until it
     * ends. A message without content asks for the standing stream of its session (GET). Nothing limits the stream but
     * the message's deadline. A private link hears its server anyway: there a message with content is a request.
     *
     * @param onEnd called exactly once, as for a request
     */
    Exchange listen(Outbound message, Consumer<Reply> onEnd);

    /**
     * Sends a notification or an answer to the server. Best effort: completes, never exceptionally, when a later message
     * cannot overtake this one or when it could not be sent.
     */
    CompletableFuture<Void> tell(Outbound message);

    /** Whether several messages may come as one, which only 2025-03-26 has; not from the beginning on. */
    default void allowBatches(boolean isAllowed) {}

    /** The session these fields name is over; completes when the server knows or cannot be told soon. */
    CompletableFuture<Void> endSession(HttpFields fields);

    /** How a request goes out. */
    interface Sender {
        Exchange send(Outbound message, Consumer<Reply> onReply);
    }

    /**
     * The same server by an older transport, if there is one to fall back on: asked for when it did not accept {@code
     * initialize} over this one. Fails with an {@link io.toolstream.mcp.McpException} only.
     *
     * @param through what its first request goes through, which asks for a stream
     */
    default Optional<CompletableFuture<Link>> older(UnaryOperator<Sender> through) {
        return Optional.empty();
    }

    /** This link did not get as far as a session, or broke the protocol: not to be used again. */
    void discard(String reason);
}
