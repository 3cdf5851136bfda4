package io.toolstream.mcp.transport;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.json.RpcMessage;

/** How a request ended, as the transport saw it. What it means is the protocol's to say. */
public sealed interface Reply {
    /** The server answered this request with a JSON-RPC response, whatever the HTTP status. */
    record Answered(RpcMessage.Response response, ReplyHead head) implements Reply {}

    /** The server answered with a status of failure and no JSON-RPC response. */
    record Refused(ReplyHead head) implements Reply {}

    /** There is no answer. */
    record Failed(McpException failure) implements Reply {
        public static Failed because(McpException.Kind kind, McpException.Delivery delivery, String message) {
            return new Failed(new McpException(kind, delivery, message, null));
        }
    }
}
