package io.toolstream.worker.trace;

import io.toolstream.runtime.tracing.Carried;
import io.toolstream.runtime.tracing.SpanStart;
import io.toolstream.runtime.tracing.TraceSpan;
import io.toolstream.runtime.tracing.Tracing;
import io.toolstream.wire.TraceContext;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A span for each attempt, below that of the call; the tool server is told of it. Belongs around one attempt. */
public final class TracingInvoker implements Invoker {
    private final Invoker delegate;
    private final Tracing tracing;
    private final Peer peer;

    private TracingInvoker(Invoker delegate, Tracing tracing, Peer peer) {
        this.delegate = delegate;
        this.tracing = tracing;
        this.peer = peer;
    }

    /**
     * Whom the attempts go to.
     *
     * @param endpoint the server's name, or one of its places
     * @param isChild whether it is reached over pipes
     * @param protocolVersion the revision of MCP agreed on; gives null while there is none
     */
    public record Peer(String endpoint, boolean isChild, Supplier<@Nullable String> protocolVersion) {}

    /** Nothing around it where nobody traces. */
    public static Invoker around(Invoker attempt, Tracing tracing, Peer peer) {
        return tracing == Tracing.OFF ? attempt : new TracingInvoker(attempt, tracing, peer);
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        TraceContext above = invocation.call().context().trace();
        TraceSpan span = tracing.begin(start(invocation.tool()), new Carried(above.traceparent(), above.tracestate()));
        if (!span.isRecorded()) {
            return delegate.invoke(invocation);
        }
        Carried carried = span.carried();
        TraceContext below = new TraceContext(carried.traceparent(), carried.tracestate(), above.baggage());
        return delegate.invoke(invocation.tracedBy(below)).whenComplete((answer, thrown) -> end(span, answer, thrown));
    }

    private void end(TraceSpan span, @Nullable Answer answer, @Nullable Throwable thrown) {
        String version = peer.protocolVersion().get();
        if (version != null) {
            span.with("mcp.protocol.version", version);
        }
        Integer rpcCode = InvocationFailed.rpcCode(thrown);
        if (rpcCode != null) {
            span.with("rpc.response.status_code", rpcCode.toString());
        }
        ErrorTypes.of(Outcome.of(answer, thrown)).ifPresent(span::failed);
        span.end();
    }

    private SpanStart start(Tool tool) {
        return new SpanStart(
                SpanStart.Kind.CLIENT,
                "tools/call " + tool.name(),
                Map.of(
                        "mcp.method.name",
                        "tools/call",
                        "gen_ai.operation.name",
                        "execute_tool",
                        "gen_ai.tool.name",
                        tool.name(),
                        "network.transport",
                        peer.isChild() ? "pipe" : "tcp",
                        "toolstream.server",
                        tool.server(),
                        "toolstream.endpoint",
                        peer.endpoint()));
    }

    @Override
    public String toString() {
        return "TracingInvoker[" + delegate + "]";
    }
}
