package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.json.JsonBuffer;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.HttpFields;
import io.toolstream.mcp.transport.Link;
import io.toolstream.mcp.transport.Outbound;
import io.toolstream.mcp.transport.Reply;
import io.toolstream.mcp.transport.ReplyHead;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way of 2026-07-28, which has no sessions: every request says all there is to say, in {@code _meta} and fields. */
@SuppressWarnings("FutureReturnValueIgnored") // telling is best effort
final class ModernSession implements Session {
    private static final HttpFields VERSION =
            HttpFields.NONE.with("MCP-Protocol-Version", ProtocolVersion.NEWEST.text());

    private final Link link;
    private final ToolBook book;
    private final String meta;
    private final Ids ids;

    /** @param book what is known of the server's tools, also from earlier links */
    ModernSession(Link link, ToolBook book, Ids ids, Introduction introduction) {
        this.link = link;
        this.ids = ids;
        this.book = book;
        this.meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + ProtocolVersion.NEWEST.text()
                + "\",\"io.modelcontextprotocol/clientCapabilities\":" + introduction.modernCapabilities()
                + ",\"io.modelcontextprotocol/clientInfo\":" + introduction.clientInfo();
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public ProtocolVersion version() {
        return ProtocolVersion.NEWEST;
    }

    @Override
    public Outbound encode(Command command, int answerBytes, long deadlineNanos) {
        long id = ids.next();
        JsonBuffer out = Messages.request(id, command);
        if (command.writeParams(out)) {
            out.raw(",");
        }
        out.raw(meta);
        if (MetaWriter.isNeeded(command)) {
            out.raw(",");
            MetaWriter.write(out, command, id);
        }
        HttpFields fields = link.isPrivate() ? HttpFields.NONE : fields(command);
        return new Outbound(id, out.raw("}}}").toBytes(), fields, answerBytes, deadlineNanos);
    }

    private HttpFields fields(Command command) {
        HttpFields fields = VERSION.with("Mcp-Method", command.method());
        String target = command.target();
        if (target != null) {
            fields = fields.with("Mcp-Name", HeaderText.of(target));
        }
        return command instanceof Command.CallTool call
                ? book.fields(fields, call.request().tool(), call.request().arguments())
                : fields;
    }

    @Override
    public Verdict read(Outbound message, Reply reply) {
        if (reply instanceof Reply.Answered answered) {
            return answered.response() instanceof RpcMessage.Fault fault
                    ? fault(fault, answered.head())
                    : result((RpcMessage.Answer) answered.response(), message);
        }
        McpException failure = Replies.failure(reply);
        boolean isOtherEra =
                reply instanceof Reply.Refused refused && refused.head().status() == 400;
        return isOtherEra ? new Verdict.SessionLost(failure, true) : Replies.failed(link, failure);
    }

    private static Verdict result(RpcMessage.Answer answer, Outbound message) {
        if (Replies.isTooLarge(answer, message)) {
            return Replies.tooLarge(answer, message);
        }
        String type = answer.resultType();
        if (type == null || type.equals("complete")) {
            return new Verdict.Result(answer, Verdict.Type.COMPLETE);
        }
        if (type.equals("input_required")) {
            return new Verdict.Result(answer, Verdict.Type.INPUT_REQUIRED);
        }
        if (type.equals("task")) {
            return new Verdict.Result(answer, Verdict.Type.TASK);
        }
        return new Verdict.Failure(new McpException(
                Kind.PROTOCOL, Delivery.ANSWERED, "a result of a type that this client did not ask for", null));
    }

    /** A 400 with a code of no meaning here is what servers of the other era answer. */
    private static Verdict fault(RpcMessage.Fault fault, ReplyHead head) {
        McpException failure = Failures.of(fault, head);
        if (fault.code() == Failures.HEADER_MISMATCH) {
            return new Verdict.ToolsOutdated(failure);
        }
        boolean isOtherEra = fault.code() == Failures.UNSUPPORTED_VERSION
                || (head.status() == 400 && fault.code() <= -32000 && fault.code() > -32020);
        return isOtherEra ? new Verdict.SessionLost(failure, true) : new Verdict.Failure(failure);
    }

    @Override
    public Command probe() {
        return new Command.Discover();
    }

    /** Over other transports than HTTP nothing depends on the marks. */
    @Override
    public @Nullable String objection(ToolDefinition tool) {
        return link.isPrivate() ? null : book.objection(tool);
    }

    @Override
    public void listed(List<ToolDefinition> tools) {
        book.listed(tools);
    }

    /** Over HTTP the closed stream has told the server; where the channel is shared by all requests it must be said. */
    @Override
    public void givenUp(Outbound message, Reply reply) {
        if (link.isPrivate()) {
            link.tell(Messages.cancelled(message, reply, HttpFields.NONE));
        }
    }

    /** Servers have no requests in this era: whatever comes is not answered. */
    @Override
    public void onMessage(RpcMessage message) {}

    /** Servers ask in their results, so that changes of the list of tools are all that there is to hear. */
    @Override
    public @Nullable Outbound listening(boolean isForInputs, boolean isForTools) {
        return isForTools ? encode(new Command.Listen(), LISTENING_BYTES, System.nanoTime() + LISTENING_NANOS) : null;
    }

    @Override
    public CompletableFuture<Void> end() {
        return CompletableFuture.completedFuture(null);
    }
}
