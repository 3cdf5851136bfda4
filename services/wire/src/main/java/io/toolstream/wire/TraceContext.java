package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** W3C trace context as text, unprefixed header names. */
public record TraceContext(
        @Nullable String traceparent,
        @Nullable String tracestate,
        @Nullable String baggage) {
    public static final TraceContext NONE = new TraceContext(null, null, null);
}
