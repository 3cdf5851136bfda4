package io.toolstream.it.worker;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.toolstream.client.CallTracing;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TraceContext;
import java.util.HashMap;
import java.util.Map;

/** How a caller with OpenTelemetry makes its calls part of the trace it is in: the example of the docs. */
final class OpenTelemetryCalls implements CallTracing {
    private final Tracer tracer;

    OpenTelemetryCalls(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("my-service");
    }

    @Override
    public Sending begin(String topic, String id, TraceContext given) {
        Span span = tracer.spanBuilder("send " + topic) // below the caller's current span
                .setSpanKind(SpanKind.PRODUCER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.name", "send")
                .setAttribute("messaging.destination.name", topic)
                .setAttribute("messaging.message.id", id)
                .startSpan();
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.current().with(span), headers, Map::put);
        TraceContext carried = new TraceContext(headers.get("traceparent"), headers.get("tracestate"), given.baggage());
        return new Sending() {
            @Override
            public TraceContext context() {
                return carried;
            }

            @Override
            public void accepted(RecordPosition position) {
                span.end();
            }

            @Override
            public void failed(Throwable failure) {
                span.setStatus(StatusCode.ERROR).end();
            }
        };
    }
}
