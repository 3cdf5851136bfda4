package io.toolstream.mcp.protocol;

import io.toolstream.mcp.McpException.Kind;
import io.toolstream.mcp.json.RpcMessage;
import io.toolstream.mcp.json.VersionsReader;
import io.toolstream.mcp.transport.Reply;
import java.util.List;

/**
 * What a server's reply to {@code server/discover} says about its era (specification 2026-07-28, basic/versioning). Pure.
 * Decided by what the body says, never by one code alone: only answers that a server of today gives make it one.
 */
enum EraEvidence {
    /** It knows 2026-07-28. */
    MODERN,
    /** It wants {@code initialize}, or may. */
    LEGACY,
    /** It speaks the language of today and none of our versions. */
    STRANGE,
    /** It does not answer, over HTTP. */
    SILENCE,
    /** It says nothing about that: not reached, not let in, overloaded. */
    NONE;

    static EraEvidence of(Reply reply, boolean isPrivate) {
        if (reply instanceof Reply.Answered answered) {
            return answered.response() instanceof RpcMessage.Fault fault
                    ? of(fault, answered.head().status())
                    : of((RpcMessage.Answer) answered.response());
        }
        if (reply instanceof Reply.Refused refused) {
            return isAboutAccess(refused.head().status()) ? NONE : LEGACY;
        }
        Kind kind = ((Reply.Failed) reply).failure().kind();
        return switch (kind) {
            case TIMEOUT -> isPrivate ? LEGACY : SILENCE;
            case CONNECTION_LOST -> isPrivate ? LEGACY : NONE;
            case PROTOCOL, RESULT_TOO_LARGE -> LEGACY;
            case CONNECT, POOL_EXHAUSTED, CANCELLED, RATE_LIMITED, UNAUTHORIZED, SERVER_ERROR, INVALID_PARAMS, CLOSED ->
                NONE;
        };
    }

    private static EraEvidence of(RpcMessage.Answer answer) {
        return of(VersionsReader.read(answer.result(), "supportedVersions"), LEGACY);
    }

    private static EraEvidence of(RpcMessage.Fault fault, int status) {
        if (fault.code() == Failures.UNSUPPORTED_VERSION) {
            return fault.data() == null ? STRANGE : of(VersionsReader.read(fault.data(), "supported"), STRANGE);
        }
        if (Failures.isModern(fault.code())) {
            return MODERN;
        }
        return isAboutAccess(status) ? NONE : LEGACY;
    }

    private static EraEvidence of(List<String> versions, EraEvidence otherwise) {
        if (versions.contains(ProtocolVersion.NEWEST.text())) {
            return MODERN;
        }
        boolean hasOlder = versions.stream()
                .anyMatch(version -> ProtocolVersion.of(version)
                        .filter(ProtocolVersion::hasSessions)
                        .isPresent());
        return hasOlder ? LEGACY : otherwise;
    }

    private static boolean isAboutAccess(int status) {
        return status == 401 || status == 403 || status == 429 || status == 503;
    }
}
