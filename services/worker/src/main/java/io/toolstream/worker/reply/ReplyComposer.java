package io.toolstream.worker.reply;

import io.toolstream.wire.CallError;
import io.toolstream.wire.CorrelationIds;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyIdentity;
import io.toolstream.wire.ServedBy;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import io.toolstream.worker.invoke.CacheTier;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import io.toolstream.worker.invoke.Trail;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes replies of conclusions: the one place where a failure becomes the {@code error} of a reply. Pure. */
final class ReplyComposer {
    /** Almost all replies are of the worker itself, and need not be told apart. */
    private final ServedBy direct;

    ReplyComposer(String workerId) {
        this.direct = new ServedBy(workerId, CacheTier.NONE.text(), null);
    }

    Reply reply(Conclusion conclusion) {
        Outcome outcome = conclusion.outcome();
        return new Reply(
                identity(conclusion.caller(), conclusion.server(), conclusion.toolName()),
                outcome.status(),
                outcome instanceof Outcome.Answered answered ? answered.answer().result() : null,
                outcome instanceof Outcome.Failed failed ? error(failed.failure()) : null,
                outcome.attempts(),
                servedBy(conclusion.course().trail()),
                conclusion.course().timings(),
                true);
    }

    /** Not final: the call goes on. */
    Reply update(Caller caller, Tool tool, Timings timings, RawJson meta) {
        return new Reply(
                identity(caller, tool.server(), tool.name()), Status.OK, null, null, 1, direct, timings, false, meta);
    }

    private ServedBy servedBy(Trail trail) {
        boolean isDirect = trail.cache() == CacheTier.NONE && trail.replica() == null;
        return isDirect ? direct : new ServedBy(direct.worker(), trail.cache().text(), trail.replica());
    }

    private static ReplyIdentity identity(Caller caller, @Nullable String server, @Nullable String tool) {
        return new ReplyIdentity(
                caller.id(),
                CorrelationIds.text(caller.route().correlationId()),
                server,
                tool,
                caller.context().toolCallId(),
                caller.context().batch(),
                caller.context().tenant());
    }

    private static CallError error(Failure failure) {
        return new CallError(
                failure.code().text(),
                failure.message(),
                failure.isRetryable(),
                millis(failure.retryAfter()),
                failure.mayHaveRun(),
                null);
    }

    private static @Nullable Long millis(@Nullable Duration wait) {
        return wait == null ? null : wait.toMillis();
    }
}
