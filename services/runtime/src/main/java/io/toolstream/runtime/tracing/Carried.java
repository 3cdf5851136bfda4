package io.toolstream.runtime.tracing;

import org.jspecify.annotations.Nullable;

/** A place in a trace as W3C's headers carry it, from process to process; both null where there is none. */
public record Carried(
        @Nullable String traceparent, @Nullable String tracestate) {
    public static final Carried NOTHING = new Carried(null, null);

    private static final int LENGTH = 55;
    private static final int FLAGS = 53;

    /** Whether whoever began the trace wants it recorded. */
    public boolean isSampled() {
        return traceparent != null
                && traceparent.length() >= LENGTH
                && Character.digit(traceparent.charAt(FLAGS + 1), 16) % 2 == 1;
    }
}
