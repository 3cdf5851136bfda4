package io.toolstream.worker.resilience;

import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Failure;

/** Which failures another attempt may get over. Pure. */
final class RetryRule {
    private RetryRule() {}

    /**
     * Whether to make another attempt, here and soon. {@link Failure#isRetryable} has the tool's effect in it: what may have
     * run is retryable only for a tool that may run twice.
     */
    static boolean helps(Failure failure) {
        return failure.isRetryable() && mayPass(failure.code());
    }

    /**
     * Not what an open breaker or a full limiter refused: they say when to come again, and asking them in a loop until then
     * would hold a place in flight for nothing.
     */
    private static boolean mayPass(ErrorCode code) {
        return switch (code) {
            case CONNECT_FAILED,
                    CONNECTION_LOST,
                    TIMED_OUT,
                    SERVER_EXITED,
                    SERVER_ERROR,
                    SERVER_UNAVAILABLE,
                    RATE_LIMITED -> true;
            case OVERLOADED,
                    BREAKER_OPEN,
                    SHUTTING_DOWN,
                    LEDGER_UNAVAILABLE,
                    LEDGER_FULL,
                    DEADLINE_PASSED,
                    TOO_OLD,
                    CANCELLED,
                    UNAUTHORIZED,
                    PROTOCOL_ERROR,
                    RESULT_TOO_LARGE,
                    POISON,
                    OUTCOME_UNKNOWN,
                    REPLY_UNDELIVERABLE,
                    INTERNAL -> false;
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
                    INVALID_ARGUMENTS,
                    KEY_REUSED -> false;
        };
    }
}
