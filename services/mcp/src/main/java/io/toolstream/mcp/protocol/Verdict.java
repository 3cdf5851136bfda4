package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.json.RpcMessage;

/** What a reply means for the request. */
sealed interface Verdict {
    /** A result to be read. */
    record Result(RpcMessage.Answer answer, Type type) implements Verdict {}

    /** What kind of a result it is. */
    enum Type {
        COMPLETE,
        INPUT_REQUIRED,
        /** The result will come later, and can be asked for. */
        TASK
    }

    /** There is none and will be none. */
    record Failure(McpException why) implements Verdict {}

    /**
     * The server does not know the session, or not this way to talk: the request was not executed and may be sent in
     * another session.
     *
     * @param isEraInDoubt whether it looks as if the server lived in another era by now
     */
    record SessionLost(McpException why, boolean isEraInDoubt) implements Verdict {}

    /** What we know of the tools is out of date: the request was not executed and may be sent after another look. */
    record ToolsOutdated(McpException why) implements Verdict {}
}
