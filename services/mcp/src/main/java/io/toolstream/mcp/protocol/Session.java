package io.toolstream.mcp.protocol;

import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An agreement with a server on how to talk: one implementation per era. Immutable but for the next id. Any thread;
 * nothing blocks or throws.
 */
interface Session {
    Link link();

    ProtocolVersion version();

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

    /** How big a message may be that a server sends by itself. */
    int LISTENING_BYTES = 1 << 20;

    /** After so long a standing stream is opened anew: nothing else finds out that its other end is gone. */
    long LISTENING_NANOS = TimeUnit.MINUTES.toNanos(10);

    /**
     * What to ask for to hear the server when it speaks by itself; null if it is heard anyway, or has nothing to say.
     *
     * @param isForInputs to hear what it wants to know
     * @param isForTools to hear that its tools have changed
     */
    @Nullable
    Outbound listening(boolean isForInputs, boolean isForTools);

    /** The server says or asks something by itself. */
    void onMessage(RpcMessage message);

    /** Says good-bye, if the era has it. */
    CompletableFuture<Void> end();
}
