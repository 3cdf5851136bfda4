package io.toolstream.worker.invoke;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a call has no answer.
 *
 * @param message what was wrong, where and what was expected; never arguments or results
 * @param isRetryable whether sending the same call again can help and can do no harm
 * @param attempts how often a tool server was asked
 * @param retryAfter after which time a retry makes sense, if known
 */
public record Failure(
        ErrorCode code,
        String message,
        MayHaveRun mayHaveRun,
        boolean isRetryable,
        int attempts,
        @Nullable Duration retryAfter) {

    /** The call was answered before, by whoever had its record then: nothing is to be said again. */
    public static final Failure ANSWERED_BEFORE =
            beforeDispatch(ErrorCode.TOO_OLD, "the call was answered, and its record committed, before");

    /** Nothing was dispatched. */
    public static Failure beforeDispatch(ErrorCode code, String message) {
        return new Failure(code, message, MayHaveRun.NO, code.isRetryable(), 0, null);
    }

    public static Failure of(Refusal refusal) {
        return beforeDispatch(refusal.code(), refusal.message());
    }

    /** One attempt was made, and what became of it is known well enough. */
    public static Failure afterAttempt(Tool tool, ErrorCode code, String message, MayHaveRun mayHaveRun) {
        boolean harmless = mayHaveRun == MayHaveRun.NO || tool.isRepeatable();
        return new Failure(code, message, mayHaveRun, code.isRetryable() && harmless, 1, null);
    }

    /**
     * One attempt was made and nobody knows what became of it: the failure as it is for a repeatable tool, in doubt for one
     * that runs once.
     */
    public static Failure inTheDark(Tool tool, ErrorCode code, String message) {
        return tool.isRepeatable()
                ? afterAttempt(tool, code, message, MayHaveRun.MAYBE)
                : afterAttempt(
                        tool,
                        ErrorCode.OUTCOME_UNKNOWN,
                        message + " (" + code.text() + "); whether the tool ran is unknown",
                        MayHaveRun.MAYBE);
    }

    /** A bug of ours, met where nothing is known of the call's progress. */
    public static Failure bug() {
        return new Failure(ErrorCode.INTERNAL, "a bug of the worker, see its log", MayHaveRun.MAYBE, false, 0, null);
    }

    public Failure retryAfter(@Nullable Duration wait) {
        return new Failure(code, message, mayHaveRun, isRetryable, attempts, wait);
    }
}
