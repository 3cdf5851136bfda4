package io.toolstream.runtime.meter;

import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/** Tells the histograms which span a measurement belongs to. */
final class TraceOfThread implements SpanContext {
    @Override
    public @Nullable String getCurrentTraceId() {
        return part(3, 35);
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        return part(36, 52);
    }

    private static @Nullable String part(int from, int to) {
        String traceparent = CurrentTrace.get();
        return traceparent == null ? null : traceparent.substring(from, to);
    }

    /** Others are never current. */
    @Override
    public boolean isCurrentSpanSampled() {
        return CurrentTrace.get() != null;
    }

    @Override
    public void markCurrentSpanAsExemplar() {
        // Nobody samples by that.
    }
}
