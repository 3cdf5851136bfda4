package io.toolstream.mcp.protocol;

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
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code initialize} and {@code notifications/initialized}: how a session begins up to 2025-11-25. */
final class Handshake {
    private static final int ANSWER_BYTES = 1 << 20;

    private final Introduction introduction;
    private final Duration limit;
    private final Ids ids;
    private final ServerRequests requests;

    /** @param requests answers what the server asks in the sessions made here */
    Handshake(Introduction introduction, Duration limit, Ids ids, ServerRequests requests) {
        this.introduction = introduction;
        this.limit = limit;
        this.ids = ids;
        this.requests = requests;
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
        link.request(message, reply -> answered(new Begun(link, isCertain, opened), reply));
        return opened;
    }

    private byte[] initialize(long id) {
        JsonBuffer out = new JsonBuffer(256);
        out.raw("{\"jsonrpc\":\"2.0\",\"id\":").number(id);
        out.raw(",\"method\":\"initialize\",\"params\":{\"protocolVersion\":");
        out.text(ProtocolVersion.NEWEST_WITH_SESSIONS.text());
        out.raw(",\"capabilities\":").raw(introduction.capabilities());
        return out.raw(",\"clientInfo\":")
                .raw(introduction.clientInfo())
                .raw("}}")
                .toBytes();
    }

    /** A handshake under way. */
    private record Begun(Link link, boolean isCertain, CompletableFuture<Session> opened) {
        void fail(McpException why) {
            opened.completeExceptionally(why);
        }
    }

    private void answered(Begun begun, Reply reply) {
        if (reply instanceof Reply.Answered answered && answered.response() instanceof RpcMessage.Answer answer) {
            agreed(begun, answer, answered.head().sessionId());
        } else {
            begun.fail(Replies.failure(reply));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the last stage only passes on
    private void agreed(Begun begun, RpcMessage.Answer answer, @Nullable String sessionId) {
        InitializeAnswer read = InitializeAnswer.read(answer.result()).orElse(null);
        ProtocolVersion version = read == null
                ? null
                : ProtocolVersion.of(read.protocolVersion())
                        .filter(ProtocolVersion::hasSessions)
                        .orElse(null);
        if (read == null || version == null) {
            String why = "the server chose a protocol version that this client does not speak";
            begun.fail(new McpException(Kind.PROTOCOL, Delivery.ANSWERED, why, null));
            return;
        }
        begun.link().allowBatches(version.hasBatches());
        Agreement agreement = new Agreement(version, sessionId, read.announcesTools(), begun.isCertain());
        LegacySession session = new LegacySession(begun.link(), agreement, ids, requests);
        // Some servers refuse what overtakes this on another connection.
        session.tell(new JsonBuffer(64).raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                .whenComplete((told, failure) -> begun.opened().complete(session));
    }
}
