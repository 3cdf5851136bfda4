package io.toolstream.worker.resilience;

import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Blame;
import io.toolstream.worker.invoke.Outcome;

/** What the end of an attempt says about its endpoint: the one place where that is decided. */
public enum BreakerVerdict {
    /** It answered, whatever it said: a tool that reports an error works. */
    SUCCESS,
    /** It did not answer, or not as it should. */
    FAILURE,
    /** No connection could be made: a failure that a probe would have met as well. */
    UNREACHABLE,
    /** Nothing: it was not asked, or our side or the caller ended it, or it said when to come again (that is the limiter's). */
    NEUTRAL;

    boolean isFailure() {
        return this == FAILURE || this == UNREACHABLE;
    }

    static BreakerVerdict of(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed ? of(failed.failure().code()) : SUCCESS;
    }

    private static BreakerVerdict of(ErrorCode code) {
        return switch (Blame.of(code)) {
            case UNREACHABLE -> UNREACHABLE;
            case BROKEN, GARBLED, SILENT, UNCLEAR -> FAILURE;
            case ANSWERED -> SUCCESS;
            case PUSHED_BACK, OTHERS -> NEUTRAL;
        };
    }
}
