package io.toolstream.worker.mcp;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.ToolResult;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one attempt on the tool's own server. Arguments and results pass through as the bytes they came in, not copied.
 * Completes on {@code call-n}, though the answer arrives on the connection's thread.
 */
public final class McpInvoker implements Invoker {
    private final Map<String, Endpoint> endpoints;
    private final Consumer<String> onStaleCatalogue;
    private final Executor callThreads;
    private final InstantSource clock;

    /**
     * Endpoints by the name of their server.
     *
     * @param onStaleCatalogue told the name of a server that refused a tool or arguments that its own list allows
     */
    public McpInvoker(
            Map<String, Endpoint> endpoints,
            Consumer<String> onStaleCatalogue,
            Executor callThreads,
            InstantSource clock) {
        this.endpoints = Map.copyOf(endpoints);
        this.onStaleCatalogue = onStaleCatalogue;
        this.callThreads = callThreads;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        Tool tool = invocation.tool();
        Endpoint endpoint = endpoints.get(tool.server());
        if (endpoint == null) {
            return InvocationFailed.stage(
                    Failure.beforeDispatch(ErrorCode.SERVER_UNAVAILABLE, tool.server() + " is not configured"));
        }
        if (invocation.cancelled().isDone()) {
            return InvocationFailed.stage(Failure.beforeDispatch(ErrorCode.CANCELLED, "cancelled before dispatch"));
        }
        Duration timeout = shorter(invocation.timeLeft(clock), endpoint.attemptLimit());
        CompletableFuture<ToolResult> asked = endpoint.server().call(Requests.of(invocation, timeout));
        var unused = invocation.cancelled().thenRun(() -> asked.cancel(false));
        return asked.handleAsync(
                (result, thrown) -> result != null ? answer(result) : fail(tool, endpoint.isChild(), thrown),
                callThreads);
    }

    private static Answer answer(ToolResult result) {
        JsonSlice json = result.json();
        return new Answer(status(result), RawJson.of(json.array(), json.offset(), json.length()), 1);
    }

    private static Status status(ToolResult result) {
        if (result.type() == ToolResult.ResultType.INPUT_REQUIRED) {
            return Status.INPUT_REQUIRED;
        }
        return result.isError() ? Status.TOOL_ERROR : Status.OK;
    }

    private Answer fail(Tool tool, boolean isChild, @Nullable Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        if (cause instanceof CancellationException) {
            throw new InvocationFailed(
                    Failure.inTheDark(tool, ErrorCode.CANCELLED, tool.title() + ": cancelled while the tool ran"));
        }
        if (!(cause instanceof McpException failed)) {
            throw new IllegalStateException("a tool server failed with something else than an McpException", cause);
        }
        if (failed.kind() == McpException.Kind.INVALID_PARAMS) {
            onStaleCatalogue.accept(tool.server());
        }
        throw new InvocationFailed(McpFailures.classify(tool, isChild, failed));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public String toString() {
        return "McpInvoker" + endpoints.keySet();
    }
}
