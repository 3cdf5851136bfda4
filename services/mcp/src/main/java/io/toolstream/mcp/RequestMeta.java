package io.toolstream.mcp;

import org.jspecify.annotations.Nullable;

/** What a request says in {@code _meta}: W3C trace context (unprefixed, SEP-414) and our idempotency key. */
public record RequestMeta(
        @Nullable String traceparent,
        @Nullable String tracestate,
        @Nullable String baggage,
        @Nullable String idempotencyKey) {
    public static final RequestMeta NONE = new RequestMeta(null, null, null, null);
}
