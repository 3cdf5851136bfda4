package io.toolstream.mcp.protocol;

import io.toolstream.mcp.AnomalyCounts;
import io.toolstream.mcp.ConnectionStats;
import io.toolstream.mcp.McpClientSettings;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolServer;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.json.ToolPage;
import io.toolstream.mcp.json.ToolPageReader;
import io.toolstream.mcp.transport.Reply;
import io.toolstream.mcp.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A tool server over one transport, in whatever era it speaks. */
public final class ConnectedToolServer implements ToolServer {
    private final String name;
    private final McpClientSettings settings;
    private final Transport transport;
    private final SessionKeeper sessions;
    private final Complaints complaints;
    private final HangWatch hangs;
    private final ToolPageReader pageReader;

    /**
     * @param handshake how long a session may take to be opened
     * @param hangs whether, and when, to doubt a server that does not answer
     */
    public ConnectedToolServer(
            String name, McpClientSettings settings, Transport transport, Duration handshake, HangWatch hangs) {
        this.name = name;
        this.settings = settings;
        this.transport = transport;
        this.hangs = hangs;
        this.sessions =
                new SessionKeeper(transport, new Handshake(settings.identity(), handshake), transport.anomalies());
        this.complaints = new Complaints(name, transport.anomalies());
        this.pageReader = new ToolPageReader(settings.answers().depth());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<ToolResult> call(ToolRequest request) {
        Command command = new Command.CallTool(request);
        return ask(
                session -> command,
                settings.answers().resultBytes(),
                request.timeout(),
                answer -> new ToolResult(answer.result(), answer.isError(), ToolResult.ResultType.COMPLETE));
    }

    @Override
    public CompletableFuture<List<ToolDefinition>> listTools() {
        return new ToolListing(settings.answers(), this::page, complaints).read();
    }

    private CompletableFuture<ToolPage> page(@Nullable String cursor) {
        Command command = new Command.ListTools(cursor);
        return ask(
                session -> command,
                settings.answers().pageBytes(),
                settings.times().total(),
                this::readPage);
    }

    private ToolPage readPage(RpcMessage.Answer answer) {
        return pageReader
                .read(answer.result())
                .orElseThrow(() -> new McpException(
                        Kind.PROTOCOL, Delivery.ANSWERED, "the answer to tools/list holds no list of tools", null));
    }

    @Override
    public CompletableFuture<Void> probe() {
        return ask(
                Session::probe, settings.answers().pageBytes(), settings.times().probe(), answer -> null);
    }

    private <T extends @Nullable Object> CompletableFuture<T> ask(
            Function<Session, Command> command,
            int answerBytes,
            Duration limit,
            Function<RpcMessage.Answer, T> reader) {
        long limitNanos = Math.min(limit.toNanos(), settings.times().total().toNanos());
        Question<T> question =
                new Question<>(command, answerBytes, System.nanoTime() + limitNanos, this::replied, reader);
        return new PendingQuestion<>(sessions, transport.timer(), question).start();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the last stage only acts
    private void replied(Session session, Reply reply) {
        if (hangs.isSuspicious(reply)) {
            probe().whenComplete((nothing, failure) -> {
                if (failure != null && hangs.confirms(failure)) {
                    session.link().discard("it answers nothing any more");
                }
            });
        }
    }

    @Override
    public ConnectionStats stats() {
        return transport.stats();
    }

    @Override
    public AnomalyCounts anomalies() {
        return transport.anomalies().counts();
    }

    @Override
    public CompletableFuture<Void> close() {
        Session last = sessions.close();
        CompletableFuture<Void> ended = last == null ? CompletableFuture.completedFuture(null) : last.end();
        return ended.thenCompose(nothing -> transport.close());
    }
}
