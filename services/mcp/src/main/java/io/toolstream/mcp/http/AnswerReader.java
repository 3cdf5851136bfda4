package io.toolstream.mcp.http;

import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import org.jspecify.annotations.Nullable;

/** How the answer of a request is read. One answer after the other, each in the event loop of its connection. */
interface AnswerReader {
    /** What is to be said of an answer that will not be read, or null. */
    @Nullable
    Reply refusal(ResponseHead head, Outbound message);

    /** How the body of an answer is to be read. It was not refused. */
    AnswerBody body(ResponseHead head, Outbound message);

    /** How long nothing of an answer may come at all. */
    long firstByteNanos();

    /** How long nothing may come within an answer. */
    long idleNanos();
}
