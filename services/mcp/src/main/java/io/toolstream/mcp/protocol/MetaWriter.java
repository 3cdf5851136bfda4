package io.toolstream.mcp.protocol;

import io.toolstream.mcp.RequestMeta;
import io.toolstream.mcp.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/** Writes the members of {@code _meta} that a caller may give: trace context as it is (SEP-414), ours with a prefix. */
final class MetaWriter {
    private MetaWriter() {}

    static boolean isEmpty(RequestMeta meta) {
        return meta.traceparent() == null
                && meta.tracestate() == null
                && meta.baggage() == null
                && meta.idempotencyKey() == null;
    }

    /** Returns whether there was any. */
    static boolean write(JsonBuffer out, RequestMeta meta) {
        boolean any = member(out, false, "traceparent", meta.traceparent());
        any = member(out, any, "tracestate", meta.tracestate());
        any = member(out, any, "baggage", meta.baggage());
        return member(out, any, "io.toolstream/idempotencyKey", meta.idempotencyKey());
    }

    private static boolean member(JsonBuffer out, boolean any, String name, @Nullable String value) {
        if (value == null) {
            return any;
        }
        out.raw(any ? "," : "").name(name).text(value);
        return true;
    }
}
