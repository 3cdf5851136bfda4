package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.json.JsonBuffer;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.util.concurrent.TimeUnit;

/** JSON-RPC messages that every era has. Pure but for the clock. */
final class Messages {
    /** All but the parameters, trace context included. */
    private static final int ENVELOPE_BYTES = 256;

    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private Messages() {}

    /** Everything of a request up to its parameters, whose object is left open; with room for the rest. */
    static JsonBuffer request(long id, Command command) {
        JsonBuffer out = new JsonBuffer(ENVELOPE_BYTES + command.expectedBytes());
        out.raw("{\"jsonrpc\":\"2.0\",\"id\":").number(id).raw(",\"method\":\"").raw(command.method());
        return out.raw("\",\"params\":{");
    }

    static Outbound cancelled(Outbound message, Reply reply, HttpFields fields) {
        boolean isTimeout =
                reply instanceof Reply.Failed failed && failed.failure().kind() == Kind.TIMEOUT;
        JsonBuffer out = new JsonBuffer(160);
        out.raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":");
        out.number(message.id()).raw(",\"reason\":\"").raw(isTimeout ? "time-out" : "cancelled");
        return told(out.raw("\"}}"), fields);
    }

    static Outbound told(JsonBuffer message, HttpFields fields) {
        return new Outbound(Outbound.NO_ID, message.toBytes(), fields, 0, System.nanoTime() + TELL_NANOS);
    }
}
