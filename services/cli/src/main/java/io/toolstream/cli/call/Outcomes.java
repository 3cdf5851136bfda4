package io.toolstream.cli.call;

import io.toolstream.cli.ExitCode;
import io.toolstream.client.CallTimedOut;
import io.toolstream.client.ClientClosed;
import io.toolstream.client.NotAccepted;
import io.toolstream.client.ToolClientException;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Reply;

/** Which exit code a call's end is. */
final class Outcomes {
    private Outcomes() {}

    static ExitCode of(Reply reply) {
        return switch (reply.status()) {
            case OK -> ExitCode.OK;
            case TOOL_ERROR, IN_DOUBT, INPUT_REQUIRED -> ExitCode.TOOL_ERROR;
            case REJECTED, UNAVAILABLE -> ExitCode.REFUSED;
            case EXPIRED -> ExitCode.TIMED_OUT;
            case FAILED -> failedByTime(reply) ? ExitCode.TIMED_OUT : ExitCode.TOOL_ERROR;
            case CANCELLED -> ExitCode.INTERRUPTED;
        };
    }

    private static boolean failedByTime(Reply reply) {
        return reply.error() != null && reply.error().code().equals(ErrorCode.TIMED_OUT.text());
    }

    static ExitCode of(ToolClientException failure) {
        if (failure instanceof CallTimedOut) {
            return ExitCode.TIMED_OUT;
        }
        if (failure instanceof NotAccepted) {
            return ExitCode.UNREACHABLE;
        }
        return failure instanceof ClientClosed ? ExitCode.INTERRUPTED : ExitCode.INTERNAL;
    }
}
