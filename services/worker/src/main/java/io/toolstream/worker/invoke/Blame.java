package io.toolstream.worker.invoke;

import io.toolstream.wire.ErrorCode;

/** What a failure of an attempt says about the tool server it was for: the one place where error codes are told apart by that. */
public enum Blame {
    /** No connection could be made. */
    UNREACHABLE,
    /** It broke off, or answered that something is wrong with itself. */
    BROKEN,
    /** It answered something that is no answer; asking again brings the same. */
    GARBLED,
    /** It did not answer in time. */
    SILENT,
    /** One of these, of a tool that runs once: it is not known which. */
    UNCLEAR,
    /** It asked to be left alone for a while. */
    PUSHED_BACK,
    /** None: it answered, and that answer is the failure. */
    ANSWERED,
    /** None: it was not asked, or our side or the caller ended it. */
    OTHERS;

    public static Blame of(ErrorCode code) {
        return switch (code) {
            case CONNECT_FAILED -> UNREACHABLE;
            case CONNECTION_LOST, SERVER_EXITED, SERVER_ERROR, SERVER_UNAVAILABLE -> BROKEN;
            case PROTOCOL_ERROR -> GARBLED;
            case TIMED_OUT -> SILENT;
            case OUTCOME_UNKNOWN -> UNCLEAR;
            case RATE_LIMITED -> PUSHED_BACK;
            case INVALID_ARGUMENTS, RESULT_TOO_LARGE, UNAUTHORIZED -> ANSWERED;
            case OVERLOADED,
                    BREAKER_OPEN,
                    SHUTTING_DOWN,
                    LEDGER_UNAVAILABLE,
                    LEDGER_FULL,
                    DEADLINE_PASSED,
                    TOO_OLD,
                    CANCELLED,
                    POISON,
                    REPLY_UNDELIVERABLE,
                    INTERNAL -> OTHERS;
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
                    KEY_REUSED -> OTHERS;
        };
    }
}
