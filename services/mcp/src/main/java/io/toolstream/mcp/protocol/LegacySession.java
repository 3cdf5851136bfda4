package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.json.JsonBuffer;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import io.toolstream.mcp.transport.ReplyHead;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A session as {@code initialize} makes it (2025-11-25 and earlier). */
@SuppressWarnings("FutureReturnValueIgnored") // telling is best effort
final class LegacySession implements Session {
    private static final byte[] NOTHING = {};

    private final Link link;
    private final Agreement agreement;
    private final HttpFields fields;
    private final Ids ids;
    private final ServerRequests requests;

    /** @param ids of this server */
    LegacySession(Link link, Agreement agreement, Ids ids, ServerRequests requests) {
        this.link = link;
        this.agreement = agreement;
        this.fields = agreement.fields();
        this.ids = ids;
        this.requests = requests;
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public ProtocolVersion version() {
        return agreement.version();
    }

    @Override
    public Outbound encode(Command command, int answerBytes, long deadlineNanos) {
        long id = ids.next();
        JsonBuffer out = Messages.request(id, command);
        boolean hasMembers = command.writeParams(out);
        writeMeta(out, command, id, hasMembers);
        return new Outbound(id, out.raw("}}").toBytes(), fields, answerBytes, deadlineNanos);
    }

    private static void writeMeta(JsonBuffer out, Command command, long id, boolean hasMembers) {
        if (MetaWriter.isNeeded(command)) {
            out.raw(hasMembers ? ",\"_meta\":{" : "\"_meta\":{");
            MetaWriter.write(out, command, id);
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
        McpException failure = Replies.failure(reply);
        boolean isGone = reply instanceof Reply.Refused refused && isSessionGone(refused.head(), "");
        return isGone ? new Verdict.SessionLost(failure, false) : Replies.failed(link, failure);
    }

    /** These revisions know one type of result, whatever the server writes there. */
    private static Verdict result(RpcMessage.Answer answer, Outbound message) {
        return Replies.isTooLarge(answer, message)
                ? Replies.tooLarge(answer, message)
                : new Verdict.Result(answer, Verdict.Type.COMPLETE);
    }

    private Verdict fault(RpcMessage.Fault fault, ReplyHead head) {
        McpException failure = Failures.of(fault, head);
        boolean isOtherEra = Failures.isModern(fault.code()) || isWithoutMeta(fault, head);
        boolean isAboutSession = fault.code() != Failures.METHOD_NOT_FOUND && isSessionGone(head, fault.message());
        return isOtherEra || isAboutSession
                ? new Verdict.SessionLost(failure, isOtherEra)
                : new Verdict.Failure(failure);
    }

    /** A server upgraded to today refuses what names no version in {@code _meta}; and so may others, for their reasons. */
    private boolean isWithoutMeta(RpcMessage.Fault fault, ReplyHead head) {
        return !agreement.isCertain() && head.status() == 400 && fault.code() == Failures.INVALID_PARAMS;
    }

    /** 404 says so by the specification; 400 with such words is what servers on the TypeScript SDK say. */
    private boolean isSessionGone(ReplyHead head, String message) {
        if (agreement.sessionId() == null) {
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

    @Override
    public @Nullable String objection(ToolDefinition tool) {
        return null;
    }

    @Override
    public void listed(List<ToolDefinition> tools) {}

    /** Disconnecting is no cancel in this era, so the server has to be told. */
    @Override
    public void givenUp(Outbound message, Reply reply) {
        link.tell(Messages.cancelled(message, reply, fields));
    }

    @Override
    public void onMessage(RpcMessage message) {
        if (message instanceof RpcMessage.Request request) {
            requests.answer(request).thenAccept(this::tell);
        }
    }

    /** The standing stream (GET), where any message of the server may come that belongs to no request of ours. */
    @Override
    public @Nullable Outbound listening(boolean isForInputs, boolean isForTools) {
        boolean isOfUse = isForInputs || (isForTools && agreement.announcesTools());
        return link.isPrivate() || !isOfUse
                ? null
                : new Outbound(Outbound.NO_ID, NOTHING, fields, LISTENING_BYTES, System.nanoTime() + LISTENING_NANOS);
    }

    CompletableFuture<Void> tell(JsonBuffer message) {
        return link.tell(Messages.told(message, fields));
    }

    @Override
    public CompletableFuture<Void> end() {
        return agreement.sessionId() != null ? link.endSession(fields) : CompletableFuture.completedFuture(null);
    }
}
