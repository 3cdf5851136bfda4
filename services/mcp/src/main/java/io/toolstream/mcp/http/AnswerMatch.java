package io.toolstream.mcp.http;

import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.Anomalies;
import io.toolstream.mcp.transport.Reply;
import io.toolstream.mcp.transport.ReplyHead;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells which message of an HTTP answer is the answer to its request. The answer belongs to one request, so an error
 * without an id is meant for it; a response with another id is not.
 *
 * @param others where requests and notices go
 */
record AnswerMatch(long id, ReplyHead head, Consumer<RpcMessage> others, Anomalies anomalies) {
    @Nullable
    Reply offer(RpcMessage message) {
        if (message instanceof RpcMessage.Response response) {
            return response(response);
        }
        if (message instanceof RpcMessage.Batch batch) {
            return batch(batch);
        }
        if (message instanceof RpcMessage.Unreadable unreadable) {
            anomalies.unreadable();
            return protocol(unreadable.reason());
        }
        others.accept(message);
        return null;
    }

    private @Nullable Reply response(RpcMessage.Response response) {
        boolean isNameless = response instanceof RpcMessage.Fault && response.id() == RpcMessage.NULL_ID;
        if (response.id() == id || isNameless) {
            return new Reply.Answered(response, head);
        }
        anomalies.strayAnswer();
        return null;
    }

    private @Nullable Reply batch(RpcMessage.Batch batch) {
        Reply first = null;
        for (RpcMessage message : batch.messages()) {
            Reply reply = offer(message);
            first = first == null ? reply : first;
        }
        return first;
    }

    /** The server broke the protocol, or refused in its own words. */
    Reply protocol(String what) {
        return head.isSuccess()
                ? Reply.Failed.because(Kind.PROTOCOL, Delivery.MAYBE, head + ": " + what)
                : new Reply.Refused(head);
    }
}
