package io.toolstream.mcp.websocket;

import io.netty.channel.ChannelFuture;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.transport.Exchange;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request on a socket. Its state belongs to the event loop; only {@link #abort()} comes from elsewhere. */
final class SocketExchange implements Exchange, Runnable {
    private final WebSocketLink link;
    private final Outbound message;
    private final Consumer<Reply> onReply;
    private @Nullable ChannelFuture sent;
    private boolean isDone;

    SocketExchange(WebSocketLink link, Outbound message, Consumer<Reply> onReply) {
        this.link = link;
        this.message = message;
        this.onReply = onReply;
    }

    Outbound message() {
        return message;
    }

    boolean isDone() {
        return isDone;
    }

    /** In the loop: the request has got there. */
    @Override
    public void run() {
        link.send(this);
    }

    void sent(ChannelFuture written) {
        sent = written;
    }

    void finish(Reply reply) {
        if (!isDone) {
            isDone = true;
            onReply.accept(reply);
        }
    }

    /** With the socket alive, what was handed to it will get there. */
    void fail(Kind kind, String why) {
        finish(Reply.Failed.because(kind, sent == null ? Delivery.NOT_SENT : Delivery.MAYBE, why));
    }

    /** The socket is gone: what has not left as a whole never will, and no server acts upon part of a message. */
    void lose(Kind kind, String why, @Nullable Throwable cause) {
        Delivery delivery = sent != null && sent.isSuccess() ? Delivery.MAYBE : Delivery.NOT_SENT;
        finish(new Reply.Failed(new McpException(kind, delivery, why, cause)));
    }

    @Override
    public void abort() {
        try {
            link.loop().execute(this::abortInLoop);
        } catch (RejectedExecutionException e) {
            // The loop is gone, and every exchange was failed before.
            return;
        }
    }

    private void abortInLoop() {
        link.forget(this);
        fail(Kind.CANCELLED, "cancelled");
    }
}
