package io.toolstream.client;

import io.toolstream.wire.CallError;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyIdentity;
import io.toolstream.wire.ServedBy;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;

/** The reply to a call that was cancelled before it was sent: what a worker would have said, had it seen the call. Pure. */
final class Withdrawn {
    private static final ServedBy NOBODY = new ServedBy("-", "none", null);
    private static final Timings NO_TIME = new Timings(0, 0, 0);

    private Withdrawn() {}

    static Reply reply(PendingCall call) {
        ToolCall wanted = call.call();
        ReplyIdentity identity = new ReplyIdentity(
                call.identity().id(),
                call.identity().correlationId(),
                wanted.target().server(),
                wanted.target().tool(),
                wanted.context().toolCallId(),
                null,
                call.identity().tenant());
        CallError error = new CallError(
                ErrorCode.CANCELLED.text(), "cancelled before it was sent", false, null, MayHaveRun.NO, null);
        return new Reply(identity, Status.CANCELLED, null, error, 0, NOBODY, NO_TIME, true);
    }
}
