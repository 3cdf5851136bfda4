package io.toolstream.cli;

import io.toolstream.wire.CallError;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyIdentity;
import io.toolstream.wire.ServedBy;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import org.jspecify.annotations.Nullable;

/** Replies as a worker would write them. */
final class Replies {
    private Replies() {}

    static Reply ok(String text) {
        return reply(Status.OK, content(text, false), null);
    }

    static Reply toolError(String text) {
        return reply(Status.TOOL_ERROR, content(text, true), null);
    }

    static Reply failure(ErrorCode code, String message) {
        return failure(code.status(), code, message);
    }

    static Reply failure(Status status, ErrorCode code, String message) {
        return reply(status, null, new CallError(code.text(), message, code.isRetryable(), null, MayHaveRun.NO, null));
    }

    static Reply reply(Status status, @Nullable RawJson result, @Nullable CallError error) {
        return new Reply(
                new ReplyIdentity("0b5c", "client-1", "fs", "read_file", null, null, null),
                status,
                result,
                error,
                1,
                new ServedBy("w1", "none", null),
                new Timings(2, 9, 11),
                true);
    }

    private static RawJson content(String text, boolean isError) {
        return RawJson.ofText(
                "{\"content\": [{\"type\":\"text\",\"text\":\"" + text + "\"}], \"isError\": " + isError + "}");
    }
}
