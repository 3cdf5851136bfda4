package io.toolstream.wire;

import io.toolstream.wire.json.JsonFault;
import org.jspecify.annotations.Nullable;

/** Keeps the first thing found wrong with a call; reading goes on after it, to learn whose call it is. */
final class Problems {
    private @Nullable Refusal first;

    void add(ErrorCode code, String message) {
        if (first == null) {
            first = new Refusal(code, message);
        }
    }

    void add(@Nullable Refusal refusal) {
        if (refusal != null) {
            add(refusal.code(), refusal.message());
        }
    }

    void add(@Nullable JsonFault fault) {
        if (fault != null) {
            add(code(fault.kind()), fault.message());
        }
    }

    @Nullable
    Refusal first() {
        return first;
    }

    private static ErrorCode code(JsonFault.Kind kind) {
        return switch (kind) {
            case EMPTY -> ErrorCode.EMPTY;
            case MALFORMED -> ErrorCode.MALFORMED_JSON;
            case TRAILING -> ErrorCode.TRAILING_JSON;
            case NOT_AN_OBJECT -> ErrorCode.NOT_AN_OBJECT;
            case DUPLICATE_NAME -> ErrorCode.DUPLICATE_KEY;
            case TOO_DEEP -> ErrorCode.TOO_DEEP;
            case TOO_MANY_TOKENS, NAME_TOO_LONG -> ErrorCode.TOO_LARGE;
            case NUMBER_TOO_LONG -> ErrorCode.NUMBER_TOO_LONG;
        };
    }
}
