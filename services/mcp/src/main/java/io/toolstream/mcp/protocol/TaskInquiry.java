package io.toolstream.mcp.protocol;

import io.toolstream.mcp.InputResponder;
import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.TaskHandle;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolResult.ResultType;
import io.toolstream.mcp.json.InputsWanted;
import io.toolstream.mcp.json.TaskState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks what became of a task, as often as its server likes, until it has ended (extension tasks, SEP-2663). The tool runs
 * meanwhile: a failure to ask is no failure of the task, so one asks again as long as there is time.
 *
 * @param answers to what the task asked for, to be handed over first; null if there are none
 */
record TaskInquiry(
        CallContext context, TaskHandle task, @Nullable JsonSlice answers) implements Inquiry<ToolResult> {
    /** What follows from a task's state. */
    static Step<ToolResult> following(CallContext context, TaskHandle task, TaskState state) {
        return new TaskInquiry(context, state.refreshed(task), null).next(state);
    }

    @Override
    public Command command(Session session) {
        return answers == null ? new Command.GetTask(task.id()) : new Command.UpdateTask(task.id(), answers);
    }

    @Override
    public Step<ToolResult> read(Session session, Verdict.Result result) {
        if (answers != null) {
            return new Step.After<>(task.pollInterval(), new TaskInquiry(context, task, null));
        }
        TaskState state = TaskState.read(result.answer().result())
                .orElseThrow(() -> failure(Kind.PROTOCOL, "the answer to tasks/get is no task", null));
        return following(context, task, state);
    }

    private Step<ToolResult> next(TaskState state) {
        return switch (state.status()) {
            case WORKING -> new Step.After<>(task.pollInterval(), new TaskInquiry(context, task, null));
            case INPUT_REQUIRED -> inputRequired(state);
            case COMPLETED -> completed(state);
            case FAILED ->
                new Step.Failed<>(failure(Kind.SERVER_ERROR, "the task failed: " + state.message(), state.errorCode()));
            case CANCELLED -> new Step.Failed<>(failure(Kind.SERVER_ERROR, "the task was cancelled", null));
        };
    }

    private Step<ToolResult> completed(TaskState state) {
        JsonSlice result = state.result();
        return result == null
                ? new Step.Failed<>(failure(Kind.PROTOCOL, "the task is completed and has no result", null))
                : new Step.Done<>(new ToolResult(result, state.isError(), ResultType.COMPLETE));
    }

    private Step<ToolResult> inputRequired(TaskState state) {
        InputsWanted wanted = InputsWanted.read(state.json()).orElse(InputsWanted.NONE);
        InputResponder responder = context.offers().inputs();
        if (responder == null || !wanted.canBeAnsweredBy(responder)) {
            return new Step.Done<>(new ToolResult(state.json(), false, ResultType.INPUT_REQUIRED));
        }
        return new Step.When<>(InputAnswers.of(context.server(), responder, wanted)
                .thenApply(given -> new TaskInquiry(context, task, given)));
    }

    private static McpException failure(Kind kind, String why, @Nullable Integer code) {
        return new McpException(kind, Delivery.ANSWERED, why, null, code, null);
    }

    @Override
    public Step<ToolResult> failed(McpException why) {
        boolean isPassing = switch (why.kind()) {
            case CONNECT, POOL_EXHAUSTED, CONNECTION_LOST, TIMEOUT, RATE_LIMITED -> true;
            case SERVER_ERROR -> why.rpcCode() == null;
            case CANCELLED, UNAUTHORIZED, INVALID_PARAMS, PROTOCOL, RESULT_TOO_LARGE, CLOSED -> false;
        };
        return isPassing ? new Step.After<>(pause(why), this) : new Step.Failed<>(why);
    }

    private Duration pause(McpException why) {
        Duration asked = why.retryAfter();
        return asked != null && asked.compareTo(task.pollInterval()) > 0 ? asked : task.pollInterval();
    }

    /** Whatever happened to the question, the tool was started long ago. */
    @Override
    public McpException told(McpException why) {
        return why.delivery() == Delivery.ANSWERED
                ? why
                : new McpException(
                        why.kind(),
                        Delivery.MAYBE,
                        "task: " + why.getMessage(),
                        why.getCause(),
                        why.rpcCode(),
                        why.retryAfter());
    }

    @Override
    public long limitNanos() {
        return context.pollLimitNanos();
    }

    @Override
    public Inquiry<?> farewell() {
        return new Inquiries.CancelTask(task.id());
    }
}
