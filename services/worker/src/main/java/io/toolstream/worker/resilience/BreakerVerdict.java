package io.toolstream.worker.resilience;

import io.toolstream.wire.ErrorCode;
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
        return switch (code) {
            case CONNECT_FAILED -> UNREACHABLE;
            // An outcome is unknown where a tool that runs once met one of the others.
            case CONNECTION_LOST,
                    TIMED_OUT,
                    SERVER_EXITED,
                    SERVER_ERROR,
                    PROTOCOL_ERROR,
                    SERVER_UNAVAILABLE,
                    OUTCOME_UNKNOWN -> FAILURE;
            case INVALID_ARGUMENTS, RESULT_TOO_LARGE, UNAUTHORIZED -> SUCCESS;
            case RATE_LIMITED,
                    OVERLOADED,
                    BREAKER_OPEN,
                    SHUTTING_DOWN,
                    LEDGER_UNAVAILABLE,
                    LEDGER_FULL,
                    DEADLINE_PASSED,
                    TOO_OLD,
                    CANCELLED,
                    POISON,
                    REPLY_UNDELIVERABLE,
                    INTERNAL -> NEUTRAL;
            case EMPTY,
                    NOT_UTF8,
                    MALFORMED_JSON,
                    TRAILING_JSON,
                    NOT_AN_OBJECT,
                    DUPLICATE_KEY,
                    MISSING_FIELD,
                    WRONG_TYPE,
                    MISSPELT_FIELD,
                    MISSPELT_HEADER,
                    INVALID_HEADER,
                    INVALID_VALUE,
                    TOO_DEEP,
                    TOO_LARGE,
                    NUMBER_TOO_LONG,
                    INVALID_CORRELATION_ID,
                    INVALID_DEADLINE,
                    TENANT_MISMATCH,
                    UNSUPPORTED_VERSION,
                    REPLY_ROUTE_FORBIDDEN,
                    UNKNOWN_SERVER,
                    UNKNOWN_TOOL,
                    AMBIGUOUS_TOOL,
                    TOOL_DISABLED,
                    KEY_REUSED -> NEUTRAL;
        };
    }
}
