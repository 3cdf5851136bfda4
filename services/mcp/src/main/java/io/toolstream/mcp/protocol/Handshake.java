package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpClientSettings.Identity;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.json.InitializeAnswer;
import io.toolstream.mcp.json.JsonBuffer;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** {@code initialize} and {@code notifications/initialized}: how a session begins up to 2025-11-25. */
final class Handshake implements SessionOpener {
    private static final int ANSWER_BYTES = 1 << 20;

    private final Identity identity;
    private final Duration limit;

    Handshake(Identity identity, Duration limit) {
        this.identity = identity;
        this.limit = limit;
    }

    @Override
    public CompletableFuture<Session> open(Link link) {
        CompletableFuture<Session> opened = new CompletableFuture<>();
        AtomicLong ids = new AtomicLong();
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        byte[] initialize = initialize(ids.incrementAndGet());
        Outbound message = new Outbound(ids.get(), initialize, HttpFields.NONE, ANSWER_BYTES, deadlineNanos);
        link.request(message, reply -> answered(link, ids, reply, opened));
        return opened;
    }

    private byte[] initialize(long id) {
        JsonBuffer out = new JsonBuffer(256);
        out.raw("{\"jsonrpc\":\"2.0\",\"id\":").number(id);
        out.raw(",\"method\":\"initialize\",\"params\":{\"protocolVersion\":");
        out.text(ProtocolVersion.NEWEST_WITH_SESSIONS.text());
        out.raw(",\"capabilities\":{},\"clientInfo\":{\"name\":").text(identity.name());
        return out.raw(",\"version\":").text(identity.version()).raw("}}}").toBytes();
    }

    private static void answered(Link link, AtomicLong ids, Reply reply, CompletableFuture<Session> opened) {
        if (reply instanceof Reply.Answered answered && answered.response() instanceof RpcMessage.Answer answer) {
            agreed(link, ids, answer, answered.head().sessionId(), opened);
            return;
        }
        McpException why = failureOf(reply);
        link.discard(String.valueOf(why.getMessage()));
        opened.completeExceptionally(why);
    }

    private static McpException failureOf(Reply reply) {
        if (reply instanceof Reply.Answered answered && answered.response() instanceof RpcMessage.Fault fault) {
            return Failures.of(fault, answered.head());
        }
        return reply instanceof Reply.Refused refused ? Failures.of(refused.head()) : ((Reply.Failed) reply).failure();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the last stage only passes on
    private static void agreed(
            Link link,
            AtomicLong ids,
            RpcMessage.Answer answer,
            @Nullable String sessionId,
            CompletableFuture<Session> opened) {
        Optional<ProtocolVersion> version =
                InitializeAnswer.read(answer.result()).flatMap(read -> ProtocolVersion.of(read.protocolVersion()));
        if (version.isEmpty()) {
            String why = "the server chose a protocol version that this client does not speak";
            link.discard(why);
            opened.completeExceptionally(new McpException(Kind.PROTOCOL, Delivery.ANSWERED, why, null));
            return;
        }
        HttpFields fields = fields(version.get(), sessionId);
        LegacySession session = new LegacySession(link, fields, sessionId != null, ids);
        // Some servers refuse what overtakes this on another connection.
        session.tell(new JsonBuffer(64).raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                .whenComplete((told, failure) -> opened.complete(session));
    }

    /** The version is named since 2025-06-18; older servers do not mind. */
    private static HttpFields fields(ProtocolVersion version, @Nullable String sessionId) {
        HttpFields fields = HttpFields.NONE.with("MCP-Protocol-Version", version.text());
        return sessionId == null ? fields : fields.with("Mcp-Session-Id", sessionId);
    }
}
