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
import org.jspecify.annotations.Nullable;

/** {@code initialize} and {@code notifications/initialized}: how a session begins up to 2025-11-25. */
final class Handshake {
    private static final int ANSWER_BYTES = 1 << 20;

    private final Identity identity;
    private final Duration limit;
    private final Ids ids;

    Handshake(Identity identity, Duration limit, Ids ids) {
        this.identity = identity;
        this.limit = limit;
        this.ids = ids;
    }

    /**
     * Fails with an {@link McpException} only; the link is then to be discarded.
     *
     * @param isCertain whether the era was doubted before, in vain
     */
    CompletableFuture<Session> open(Link link, boolean isCertain) {
        CompletableFuture<Session> opened = new CompletableFuture<>();
        long id = ids.next();
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        Outbound message = new Outbound(id, initialize(id), HttpFields.NONE, ANSWER_BYTES, deadlineNanos);
        link.request(message, reply -> answered(new Begun(link, ids, isCertain, opened), reply));
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

    /** A handshake under way. */
    private record Begun(Link link, Ids ids, boolean isCertain, CompletableFuture<Session> opened) {}

    private static void answered(Begun begun, Reply reply) {
        if (reply instanceof Reply.Answered answered && answered.response() instanceof RpcMessage.Answer answer) {
            agreed(begun, answer, answered.head().sessionId());
        } else {
            begun.opened().completeExceptionally(Replies.failure(reply));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the last stage only passes on
    private static void agreed(Begun begun, RpcMessage.Answer answer, @Nullable String sessionId) {
        Optional<ProtocolVersion> version = InitializeAnswer.read(answer.result())
                .flatMap(read -> ProtocolVersion.of(read.protocolVersion()))
                .filter(ProtocolVersion::hasSessions);
        if (version.isEmpty()) {
            String why = "the server chose a protocol version that this client does not speak";
            begun.opened().completeExceptionally(new McpException(Kind.PROTOCOL, Delivery.ANSWERED, why, null));
            return;
        }
        HttpFields fields = fields(version.get(), sessionId);
        LegacySession session =
                new LegacySession(begun.link(), fields, sessionId != null, begun.ids(), begun.isCertain());
        // Some servers refuse what overtakes this on another connection.
        session.tell(new JsonBuffer(64).raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                .whenComplete((told, failure) -> begun.opened().complete(session));
    }

    /** The version is named since 2025-06-18; older servers do not mind. */
    private static HttpFields fields(ProtocolVersion version, @Nullable String sessionId) {
        HttpFields fields = HttpFields.NONE.with("MCP-Protocol-Version", version.text());
        return sessionId == null ? fields : fields.with("Mcp-Session-Id", sessionId);
    }
}
