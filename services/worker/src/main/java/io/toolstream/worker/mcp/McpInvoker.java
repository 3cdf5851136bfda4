package io.toolstream.worker.mcp;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.ToolRequest;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one attempt on one endpoint of the tool's server. Arguments and results pass through as the bytes they came in, not copied.
 * Completes on {@code call-n}, though the answer arrives on the connection's thread.
 */
public final class McpInvoker implements Invoker {
    private final Endpoint endpoint;
    private final Consumer<String> onStaleCatalogue;
    private final Executor callThreads;
    private final InstantSource clock;

    /** @param onStaleCatalogue told the name of a server that refused a tool or arguments that its own list allows */
    public McpInvoker(Endpoint endpoint, Consumer<String> onStaleCatalogue, Executor callThreads, InstantSource clock) {
        this.endpoint = endpoint;
        this.onStaleCatalogue = onStaleCatalogue;
        this.callThreads = callThreads;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        if (invocation.cancelled().isDone()) {
            return InvocationFailed.stage(Failure.beforeDispatch(ErrorCode.CANCELLED, "cancelled before dispatch"));
        }
        if (endpoint.isReplica()) {
            invocation.trail().askedReplica(endpoint.name());
        }
        Tool tool = invocation.tool();
        CompletableFuture<ToolResult> asked = endpoint.toolServer()
                .call(Requests.of(invocation, times(invocation))
                        .heardBy(UpdatesListener.of(invocation.trail().updates(), callThreads)));
        var unused = invocation.cancelled().thenRun(() -> asked.cancel(false));
        return asked.handleAsync((result, thrown) -> result != null ? answer(result) : fail(tool, thrown), callThreads);
    }

    /** The limit of an attempt is for the answer; a task that is one goes on to the call's deadline. */
    private ToolRequest.Times times(Invocation invocation) {
        Duration answer = shorter(
                invocation.timeToAnswer(clock), endpoint.settings().timeouts().attempt());
        return new ToolRequest.Times(answer, invocation.timeLeft(clock));
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

    private Answer fail(Tool tool, @Nullable Throwable thrown) {
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
        Failure failure = McpFailures.classify(tool, endpoint.isChild(), failed);
        Integer rpcCode = failed.rpcCode();
        throw rpcCode == null ? new InvocationFailed(failure) : InvocationFailed.byAnswer(failure, rpcCode);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public String toString() {
        return "McpInvoker[" + endpoint.name() + "]";
    }
}
