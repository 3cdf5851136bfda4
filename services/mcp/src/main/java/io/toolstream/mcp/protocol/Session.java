package io.toolstream.mcp.protocol;

import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An agreement with a server on how to talk: one implementation per era. Immutable but for the next id. Any thread;
 * nothing blocks or throws.
 */
interface Session {
    Link link();

    /** A command as a message with a fresh id; an id is never used twice. */
    Outbound encode(Command command, int answerBytes, long deadlineNanos);

    /** What a reply means. */
    Verdict read(Outbound message, Reply reply);

    /** What to ask to see whether the server is there. */
    Command probe();

    /** Why a tool that the server lists must not be offered, or null. */
    @Nullable
    String objection(ToolDefinition tool);

    /** The server lists these tools, and no others. */
    void listed(List<ToolDefinition> tools);

    /** A request ended without its answer: tells the server, if its era wants to be told. */
    void givenUp(Outbound message, Reply reply);

    /** The server says or asks something by itself. */
    void onMessage(RpcMessage message);

    /** Says good-bye, if the era has it. */
    CompletableFuture<Void> end();
}
