package io.toolstream.mcp.protocol;

import io.toolstream.mcp.CallListener;
import io.toolstream.mcp.RequestMeta;
import io.toolstream.mcp.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/** Writes the members of {@code _meta} that a call may bring: trace context as it is (SEP-414), ours with a prefix. */
final class MetaWriter {
    private MetaWriter() {}

    static boolean isNeeded(Command command) {
        RequestMeta meta = command.meta();
        return command.listener() != CallListener.NONE
                || meta.traceparent() != null
                || meta.tracestate() != null
                || meta.baggage() != null
                || meta.idempotencyKey() != null;
    }

    /** Appends what a command brings, without brackets; the token of its progress is the request's id. */
    static void write(JsonBuffer out, Command command, long id) {
        RequestMeta meta = command.meta();
        boolean any = member(out, false, "traceparent", meta.traceparent());
        any = member(out, any, "tracestate", meta.tracestate());
        any = member(out, any, "baggage", meta.baggage());
        any = member(out, any, "io.toolstream/idempotencyKey", meta.idempotencyKey());
        if (command.listener() != CallListener.NONE) {
            out.raw(any ? "," : "").name("progressToken").number(id);
        }
    }

    private static boolean member(JsonBuffer out, boolean any, String name, @Nullable String value) {
        if (value == null) {
            return any;
        }
        out.raw(any ? "," : "").name(name).text(value);
        return true;
    }
}
