package io.toolstream.mcp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The only exception of this library: why a request has no result. Cheap: it carries no stack trace of its own. */
public final class McpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final Delivery delivery;
    private final @Nullable Integer rpcCode;
    private final @Nullable Duration retryAfter;

    public McpException(Kind kind, Delivery delivery, String message, @Nullable Throwable cause) {
        this(kind, delivery, message, cause, null, null);
    }

    public McpException(
            Kind kind,
            Delivery delivery,
            String message,
            @Nullable Throwable cause,
            @Nullable Integer rpcCode,
            @Nullable Duration retryAfter) {
        super(message, cause, false, false);
        this.kind = kind;
        this.delivery = delivery;
        this.rpcCode = rpcCode;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    public Delivery delivery() {
        return delivery;
    }

    /** The JSON-RPC error code, where the server answered with an error. */
    public @Nullable Integer rpcCode() {
        return rpcCode;
    }

    /** What the server asked to wait, clamped to something sane. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the server can have seen the request. */
    public enum Delivery {
        /** Provably not handed to the server: may always be retried. */
        NOT_SENT,
        /** Bytes left: it may have run. */
        MAYBE,
        /** The server answered: it refused or ran it, as the kind says. */
        ANSWERED
    }

    /** What went wrong. */
    public enum Kind {
        /** No connection could be made, or the child could not be started. */
        CONNECT,
        /** No connection came free within the wait allowed. */
        POOL_EXHAUSTED,
        /** The connection broke or the child exited with the request under way. */
        CONNECTION_LOST,
        /** No answer in time. */
        TIMEOUT,
        /** The caller cancelled. */
        CANCELLED,
        /** 429, or 503 with {@code Retry-After}. */
        RATE_LIMITED,
        /** 401 or 403. */
        UNAUTHORIZED,
        /** Another HTTP status of failure, or a JSON-RPC error that is the server's fault. */
        SERVER_ERROR,
        /** JSON-RPC -32602 for an unknown tool or bad parameters. */
        INVALID_PARAMS,
        /** The server broke the protocol. */
        PROTOCOL,
        /** The result is over the limit. */
        RESULT_TOO_LARGE,
        /** This client is closed. */
        CLOSED
    }
}
