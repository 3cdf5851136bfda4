package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.RequestMeta;
import io.toolstream.mcp.json.JsonBuffer;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import io.toolstream.mcp.transport.ReplyHead;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A session as {@code initialize} makes it (2025-11-25 and earlier). */
@SuppressWarnings("FutureReturnValueIgnored") // telling is best effort
final class LegacySession implements Session {
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Link link;
    private final HttpFields fields;
    private final boolean hasSessionId;
    private final AtomicLong ids;

    /**
     * @param fields session id and version, as HTTP sends them
     * @param ids of this session; the handshake has taken the first
     */
    LegacySession(Link link, HttpFields fields, boolean hasSessionId, AtomicLong ids) {
        this.link = link;
        this.fields = fields;
        this.hasSessionId = hasSessionId;
        this.ids = ids;
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public Outbound encode(Command command, int answerBytes, long deadlineNanos) {
        long id = ids.incrementAndGet();
        JsonBuffer out = new JsonBuffer(512);
        out.raw("{\"jsonrpc\":\"2.0\",\"id\":").number(id).raw(",\"method\":\"").raw(command.method());
        out.raw("\",\"params\":{");
        boolean hasMembers = command.writeParams(out);
        writeMeta(out, command.meta(), hasMembers);
        return new Outbound(id, out.raw("}}").toBytes(), fields, answerBytes, deadlineNanos);
    }

    private static void writeMeta(JsonBuffer out, RequestMeta meta, boolean hasMembers) {
        if (!MetaWriter.isEmpty(meta)) {
            out.raw(hasMembers ? ",\"_meta\":{" : "\"_meta\":{");
            MetaWriter.write(out, meta);
            out.raw("}");
        }
    }

    @Override
    public Verdict read(Outbound message, Reply reply) {
        if (reply instanceof Reply.Answered answered) {
            return answered.response() instanceof RpcMessage.Fault fault
                    ? fault(fault, answered.head())
                    : result((RpcMessage.Answer) answered.response(), message);
        }
        if (reply instanceof Reply.Refused refused) {
            McpException failure = Failures.of(refused.head());
            return isSessionGone(refused.head(), "") ? new Verdict.SessionLost(failure) : new Verdict.Failure(failure);
        }
        McpException failure = ((Reply.Failed) reply).failure();
        boolean isElsewherePossible = failure.delivery() == Delivery.NOT_SENT && !link.isOpen();
        return isElsewherePossible && failure.kind() == Kind.CONNECTION_LOST
                ? new Verdict.SessionLost(failure)
                : new Verdict.Failure(failure);
    }

    private static Verdict result(RpcMessage.Answer answer, Outbound message) {
        if (answer.result().length() <= message.answerBytes()) {
            return new Verdict.Result(answer);
        }
        String why = "the result has " + answer.result().length() + " bytes, allowed are " + message.answerBytes();
        return new Verdict.Failure(new McpException(Kind.RESULT_TOO_LARGE, Delivery.ANSWERED, why, null));
    }

    private Verdict fault(RpcMessage.Fault fault, ReplyHead head) {
        McpException failure = Failures.of(fault, head);
        boolean isAboutSession = fault.code() != Failures.METHOD_NOT_FOUND && isSessionGone(head, fault.message());
        return isAboutSession ? new Verdict.SessionLost(failure) : new Verdict.Failure(failure);
    }

    /** 404 says so by the specification; 400 with such words is what servers on the TypeScript SDK say. */
    private boolean isSessionGone(ReplyHead head, String message) {
        if (!hasSessionId) {
            return false;
        }
        String words = message.toLowerCase(Locale.ROOT);
        return head.status() == 404
                || (head.status() == 400 && (words.contains("session") || words.contains("not initialized")));
    }

    @Override
    public Command probe() {
        return new Command.Ping();
    }

    /** Disconnecting is no cancel in this era, so the server has to be told. */
    @Override
    public void givenUp(Outbound message, Reply reply) {
        if (reply instanceof Reply.Failed failed && isToBeTold(failed.failure())) {
            JsonBuffer out = new JsonBuffer(160);
            out.raw("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":");
            out.number(message.id()).raw(",\"reason\":\"");
            tell(out.raw(failed.failure().kind() == Kind.TIMEOUT ? "time-out" : "cancelled")
                    .raw("\"}}"));
        }
    }

    private static boolean isToBeTold(McpException failure) {
        return failure.delivery() == Delivery.MAYBE
                && (failure.kind() == Kind.TIMEOUT || failure.kind() == Kind.CANCELLED);
    }

    /** A ping is answered; we offer nothing else. */
    @Override
    public void onMessage(RpcMessage message) {
        if (message instanceof RpcMessage.Request request) {
            JsonBuffer out = new JsonBuffer(160);
            out.raw("{\"jsonrpc\":\"2.0\",\"id\":").value(request.id());
            tell(out.raw(
                    request.method().equals("ping")
                            ? ",\"result\":{}}"
                            : ",\"error\":{\"code\":-32601,\"message\":\"this client offers no such method\"}}"));
        }
    }

    CompletableFuture<Void> tell(JsonBuffer message) {
        long deadlineNanos = System.nanoTime() + TELL_NANOS;
        return link.tell(new Outbound(Outbound.NO_ID, message.toBytes(), fields, 0, deadlineNanos));
    }

    @Override
    public CompletableFuture<Void> end() {
        return hasSessionId ? link.endSession(fields) : CompletableFuture.<@Nullable Void>completedFuture(null);
    }
}
