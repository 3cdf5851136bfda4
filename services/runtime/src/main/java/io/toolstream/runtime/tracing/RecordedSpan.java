package io.toolstream.runtime.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** A span of OpenTelemetry's. */
record RecordedSpan(Span span, Carried carried) implements TraceSpan {
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    @Override
    public boolean isRecorded() {
        return true;
    }

    @Override
    public TraceSpan with(String attribute, String value) {
        span.setAttribute(attribute, value);
        return this;
    }

    @Override
    public TraceSpan with(String attribute, long value) {
        span.setAttribute(attribute, value);
        return this;
    }

    @Override
    public void failed(String errorType) {
        span.setAttribute(ERROR_TYPE, errorType).setStatus(StatusCode.ERROR);
    }

    @Override
    public void end() {
        span.end();
    }
}
