package io.toolstream.mcp.protocol;

import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.Reply;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What a caller wants to know: how to ask in a session, and how to read the answer.
 *
 * @param command for the session of the moment
 * @param answerBytes how long the {@code result} may be
 * @param onReply sees every reply, before the caller
 * @param reader may throw an {@link io.toolstream.mcp.McpException} at an answer that is none
 */
record Question<T>(
        Function<Session, Command> command,
        int answerBytes,
        long deadlineNanos,
        BiConsumer<Session, Reply> onReply,
        Function<RpcMessage.Answer, T> reader) {}
