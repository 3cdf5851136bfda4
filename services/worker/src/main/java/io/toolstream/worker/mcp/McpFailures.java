package io.toolstream.worker.mcp;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Tool;

/**
 * What a failed request means for the call: the one place where failures of tool servers are classified. Pure.
 *
 * <p>What was provably not sent did not run, whatever went wrong. Of what was sent and not answered nothing is known, so it
 * is {@code in_doubt} for a tool that runs once. An answer is believed as far as it comes from the tool server: a JSON-RPC
 * error does, a bare HTTP status may be a proxy's, behind which the tool may have run.
 */
final class McpFailures {
    private McpFailures() {}

    /** What became of a request to this tool, on a server that is a child of ours or not. */
    static Failure classify(Tool tool, boolean isChild, McpException failed) {
        Failure failure = failed.delivery() == Delivery.NOT_SENT
                ? Failure.beforeDispatch(unsent(failed.kind()), message(tool, failed))
                : sent(tool, isChild, failed);
        return failure.retryAfter(failed.retryAfter());
    }

    private static ErrorCode unsent(McpException.Kind kind) {
        return switch (kind) {
            case CONNECT, CONNECTION_LOST -> ErrorCode.CONNECT_FAILED;
            case POOL_EXHAUSTED -> ErrorCode.OVERLOADED;
            case TIMEOUT, SERVER_ERROR, INVALID_PARAMS, PROTOCOL, RESULT_TOO_LARGE -> ErrorCode.SERVER_UNAVAILABLE;
            case CANCELLED -> ErrorCode.CANCELLED;
            case RATE_LIMITED -> ErrorCode.RATE_LIMITED;
            case UNAUTHORIZED -> ErrorCode.UNAUTHORIZED;
            case CLOSED -> ErrorCode.SHUTTING_DOWN;
        };
    }

    private static Failure sent(Tool tool, boolean isChild, McpException failed) {
        String message = message(tool, failed);
        return switch (failed.kind()) {
            case TIMEOUT -> Failure.inTheDark(tool, ErrorCode.TIMED_OUT, message);
            case CONNECTION_LOST, CONNECT, POOL_EXHAUSTED, CLOSED ->
                Failure.inTheDark(tool, isChild ? ErrorCode.SERVER_EXITED : ErrorCode.CONNECTION_LOST, message);
            case CANCELLED -> Failure.inTheDark(tool, ErrorCode.CANCELLED, message);
            case PROTOCOL -> Failure.inTheDark(tool, ErrorCode.PROTOCOL_ERROR, message);
            case SERVER_ERROR ->
                failed.rpcCode() == null
                        ? Failure.inTheDark(tool, ErrorCode.SERVER_ERROR, message)
                        : Failure.afterAttempt(tool, ErrorCode.SERVER_ERROR, message, MayHaveRun.MAYBE);
            case RATE_LIMITED -> Failure.afterAttempt(tool, ErrorCode.RATE_LIMITED, message, MayHaveRun.NO);
            case UNAUTHORIZED -> Failure.afterAttempt(tool, ErrorCode.UNAUTHORIZED, message, MayHaveRun.NO);
            case INVALID_PARAMS -> Failure.afterAttempt(tool, ErrorCode.INVALID_ARGUMENTS, message, MayHaveRun.NO);
            case RESULT_TOO_LARGE -> Failure.afterAttempt(tool, ErrorCode.RESULT_TOO_LARGE, message, MayHaveRun.YES);
        };
    }

    private static String message(Tool tool, McpException failed) {
        return tool.title() + ": " + failed.getMessage();
    }
}
