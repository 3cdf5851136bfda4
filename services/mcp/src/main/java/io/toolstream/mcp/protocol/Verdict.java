package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.json.RpcMessage;

/** What a reply means for the request. */
sealed interface Verdict {
    /** A result to be read. */
    record Result(RpcMessage.Answer answer) implements Verdict {}

    /** There is none and will be none. */
    record Failure(McpException why) implements Verdict {}

    /** The server does not know the session: the request was not executed and may be sent in another one. */
    record SessionLost(McpException why) implements Verdict {}
}
