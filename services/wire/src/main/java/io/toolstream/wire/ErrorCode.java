package io.toolstream.wire;

import java.util.Optional;

/** The stable code of a failure; on the wire its {@link #text()}. The status a failure leads to follows from its code. */
public enum ErrorCode {
    // The record or the call is wrong: nothing ran, sending it again unchanged does not help.
    EMPTY("empty", Status.REJECTED, false),
    NOT_UTF8("not-utf8", Status.REJECTED, false),
    MALFORMED_JSON("malformed-json", Status.REJECTED, false),
    TRAILING_JSON("trailing-json", Status.REJECTED, false),
    NOT_AN_OBJECT("not-an-object", Status.REJECTED, false),
    DUPLICATE_KEY("duplicate-key", Status.REJECTED, false),
    MISSING_FIELD("missing-field", Status.REJECTED, false),
    WRONG_TYPE("wrong-type", Status.REJECTED, false),
    MISSPELT_FIELD("misspelt-field", Status.REJECTED, false),
    MISSPELT_HEADER("misspelt-header", Status.REJECTED, false),
    INVALID_HEADER("invalid-header", Status.REJECTED, false),
    INVALID_VALUE("invalid-value", Status.REJECTED, false),
    TOO_DEEP("too-deep", Status.REJECTED, false),
    TOO_LARGE("too-large", Status.REJECTED, false),
    NUMBER_TOO_LONG("number-too-long", Status.REJECTED, false),
    INVALID_CORRELATION_ID("invalid-correlation-id", Status.REJECTED, false),
    INVALID_DEADLINE("invalid-deadline", Status.REJECTED, false),
    TENANT_MISMATCH("tenant-mismatch", Status.REJECTED, false),
    UNSUPPORTED_VERSION("unsupported-version", Status.REJECTED, false),
    REPLY_ROUTE_FORBIDDEN("reply-route-forbidden", Status.REJECTED, false),
    UNKNOWN_SERVER("unknown-server", Status.REJECTED, false),
    UNKNOWN_TOOL("unknown-tool", Status.REJECTED, false),
    AMBIGUOUS_TOOL("ambiguous-tool", Status.REJECTED, false),
    TOOL_DISABLED("tool-disabled", Status.REJECTED, false),
    INVALID_ARGUMENTS("invalid-arguments", Status.REJECTED, false),
    KEY_REUSED("key-reused", Status.REJECTED, false),

    // Time.
    DEADLINE_PASSED("deadline-passed", Status.EXPIRED, false),
    TOO_OLD("too-old", Status.EXPIRED, false),
    CANCELLED("cancelled", Status.CANCELLED, false),

    // Nothing was dispatched.
    SERVER_UNAVAILABLE("server-unavailable", Status.UNAVAILABLE, true),
    OVERLOADED("overloaded", Status.UNAVAILABLE, true),
    BREAKER_OPEN("breaker-open", Status.UNAVAILABLE, true),
    CONNECT_FAILED("connect-failed", Status.UNAVAILABLE, true),
    SHUTTING_DOWN("shutting-down", Status.UNAVAILABLE, true),
    LEDGER_UNAVAILABLE("ledger-unavailable", Status.UNAVAILABLE, true),
    LEDGER_FULL("ledger-full", Status.UNAVAILABLE, true),

    // It may have run.
    CONNECTION_LOST("connection-lost", Status.FAILED, true),
    TIMED_OUT("timed-out", Status.FAILED, true),
    SERVER_EXITED("server-exited", Status.FAILED, true),
    SERVER_ERROR("server-error", Status.FAILED, true),
    RATE_LIMITED("rate-limited", Status.UNAVAILABLE, true),
    UNAUTHORIZED("unauthorized", Status.FAILED, false),
    PROTOCOL_ERROR("protocol-error", Status.FAILED, false),
    RESULT_TOO_LARGE("result-too-large", Status.FAILED, false),
    POISON("poison", Status.FAILED, false),
    OUTCOME_UNKNOWN("outcome-unknown", Status.IN_DOUBT, false),

    // The call ended, its reply could not be written.
    REPLY_UNDELIVERABLE("reply-undeliverable", Status.FAILED, false),

    // A bug of ours.
    INTERNAL("internal", Status.FAILED, false);

    private final String text;
    private final Status status;
    private final boolean retryable;

    ErrorCode(String text, Status status, boolean retryable) {
        this.text = text;
        this.status = status;
        this.retryable = retryable;
    }

    /** The code on the wire, kebab-case. */
    public String text() {
        return text;
    }

    /** The status a call ends with when this is its failure. */
    public Status status() {
        return status;
    }

    /** Whether sending the same call again later can help. */
    public boolean isRetryable() {
        return retryable;
    }

    /** The code this text stands for, if this version knows it. */
    public static Optional<ErrorCode> ofText(String text) {
        return Words.find(values(), ErrorCode::text, text);
    }
}
