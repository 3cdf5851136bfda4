package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpException;
import io.toolstream.mcp.McpException.Delivery;
import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.transport.ReplyHead;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Classifies what servers answer instead of a result: the one place where an HTTP status or a JSON-RPC code becomes a
 * {@link Kind}. Pure.
 */
final class Failures {
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL = -32603;
    static final int HEADER_MISMATCH = -32020;
    static final int MISSING_CAPABILITY = -32021;
    static final int UNSUPPORTED_VERSION = -32022;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private Failures() {}

    /** Codes that only servers of 2026-07-28 and later use. */
    static boolean isModern(int code) {
        return code == HEADER_MISMATCH || code == MISSING_CAPABILITY || code == UNSUPPORTED_VERSION;
    }

    /** The server answered with a JSON-RPC error. */
    static McpException of(RpcMessage.Fault fault, ReplyHead head) {
        Kind kind = kindOf(head);
        if (kind == Kind.SERVER_ERROR && fault.code() == INVALID_PARAMS) {
            kind = Kind.INVALID_PARAMS;
        }
        String message = "the server answered with error " + fault.code() + ": " + fault.message();
        return new McpException(kind, Delivery.ANSWERED, message, null, fault.code(), wait(kind, head));
    }

    /** The server answered with a status of failure and nothing that we understand. */
    static McpException of(ReplyHead head) {
        Kind kind = kindOf(head);
        Delivery delivery = head.status() >= 500 && kind == Kind.SERVER_ERROR ? Delivery.MAYBE : Delivery.ANSWERED;
        String message = kind == Kind.PROTOCOL ? head + ": redirects are not followed" : "the server answered " + head;
        return new McpException(kind, delivery, message, null, null, wait(kind, head));
    }

    private static Kind kindOf(ReplyHead head) {
        return switch (head.status()) {
            case 401, 403 -> Kind.UNAUTHORIZED;
            case 429 -> Kind.RATE_LIMITED;
            case 503 -> head.retryAfter() == null ? Kind.SERVER_ERROR : Kind.RATE_LIMITED;
            default -> head.status() >= 300 && head.status() < 400 ? Kind.PROTOCOL : Kind.SERVER_ERROR;
        };
    }

    private static @Nullable Duration wait(Kind kind, ReplyHead head) {
        Duration asked = head.retryAfter();
        if (kind != Kind.RATE_LIMITED || asked == null) {
            return null;
        }
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }

    /** A request could not be sent because there is no session; its server may never have heard of us. */
    static McpException noSession(McpException cause) {
        Kind kind = switch (cause.kind()) {
            case TIMEOUT, CONNECTION_LOST, CANCELLED -> Kind.CONNECT;
            case INVALID_PARAMS, RESULT_TOO_LARGE -> Kind.PROTOCOL;
            case CONNECT, POOL_EXHAUSTED, RATE_LIMITED, UNAUTHORIZED, SERVER_ERROR, PROTOCOL, CLOSED -> cause.kind();
        };
        String message = "no session: " + cause.getMessage();
        return new McpException(kind, Delivery.NOT_SENT, message, cause, cause.rpcCode(), cause.retryAfter());
    }
}
