package io.toolstream.mcp.protocol;

/** What a caller wants to know: how to ask in a session, and how to read the answer. */
interface Inquiry<T> {
    Command command(Session session);

    /** May throw an {@link io.toolstream.mcp.McpException} at an answer that is none. */
    T read(Session session, Verdict.Result result);
}
