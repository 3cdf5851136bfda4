package io.toolstream.mcp.protocol;

import io.toolstream.mcp.InputResponder;
import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.ResultCheck;
import io.toolstream.mcp.TaskHandle;
import io.toolstream.mcp.ToolRequest;
import io.toolstream.mcp.ToolResult;
import io.toolstream.mcp.ToolResult.ResultType;
import io.toolstream.mcp.json.InputsWanted;
import io.toolstream.mcp.json.TaskState;
import java.time.Duration;

/**
 * Calls a tool, and again with what its server asked for between, as often as {@link #ROUNDS} (specification 2026-07-28,
 * basic/patterns/mrtr).
 *
 * @param round from 0 on
 * @param untilNanos when the server must have answered, with the result or with a task
 */
record CallInquiry(CallContext context, ToolRequest request, int round, long untilNanos)
        implements Inquiry<ToolResult> {
    /** A server that has not had enough by then gets its question passed on to the caller. */
    static final int ROUNDS = 8;

    /** So often a server may say "later" and nothing else; the pauses double. */
    static final int LATER_ROUNDS = 4;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    @Override
    public Command command(Session session) {
        return new Command.CallTool(request);
    }

    @Override
    public long answerByNanos(long deadlineNanos) {
        return untilNanos - deadlineNanos < 0 ? untilNanos : deadlineNanos;
    }

    @Override
    public Step<ToolResult> read(Session session, Verdict.Result result) {
        return switch (result.type()) {
            case COMPLETE ->
                checked(new ToolResult(result.answer().result(), result.answer().isError(), ResultType.COMPLETE));
            case INPUT_REQUIRED -> inputRequired(result);
            case TASK -> task(result);
        };
    }

    private Step<ToolResult> checked(ToolResult result) {
        ResultCheck check = context.offers().results();
        ResultCheck.Finding finding =
                result.isError() ? null : check.look(context.server(), request.tool(), result.json());
        if (finding == null) {
            return new Step.Done<>(result);
        }
        context.anomalies().badResult();
        return finding.isFailure()
                ? new Step.Failed<>(new McpException(
                        Kind.PROTOCOL,
                        Delivery.ANSWERED,
                        "the result breaks the tool's output schema: " + finding.problem(),
                        null))
                : new Step.Done<>(result);
    }

    private Step<ToolResult> inputRequired(Verdict.Result result) {
        InputsWanted wanted = InputsWanted.read(result.answer().result()).orElse(InputsWanted.NONE);
        InputResponder responder = context.offers().inputs();
        boolean isLast = round + 1 >= ROUNDS;
        if (wanted.isForLater() && round < LATER_ROUNDS) {
            ToolRequest next = request.resumed(new ToolRequest.Resume(null, wanted.requestState()));
            return new Step.After<>(FIRST_PAUSE.multipliedBy(1L << round), nextRound(next));
        }
        if (responder == null || isLast || !wanted.canBeAnsweredBy(responder)) {
            return new Step.Done<>(new ToolResult(result.answer().result(), false, ResultType.INPUT_REQUIRED));
        }
        return new Step.When<>(InputAnswers.of(context.server(), responder, wanted)
                .thenApply(
                        answers -> nextRound(request.resumed(new ToolRequest.Resume(answers, wanted.requestState())))));
    }

    private CallInquiry nextRound(ToolRequest next) {
        return new CallInquiry(context, next, round + 1, untilNanos);
    }

    private Step<ToolResult> task(Verdict.Result result) {
        if (!context.offers().tasks()) {
            throw new McpException(
                    Kind.PROTOCOL, Delivery.ANSWERED, "a result of a type that this client did not ask for", null);
        }
        TaskState state = TaskState.read(result.answer().result())
                .orElseThrow(() -> new McpException(
                        Kind.PROTOCOL, Delivery.ANSWERED, "the answer is a task without id or status", null));
        TaskHandle handle = state.handle(context.server());
        request.listener().onTask(handle);
        return TaskInquiry.following(context, handle, state);
    }
}
