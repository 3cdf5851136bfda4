package io.toolstream.runtime.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** W3C's two headers, to and from what OpenTelemetry makes of them. What is not well-formed is as if it were not there. */
final class TraceHeaders {
    private static final String TRACEPARENT = "traceparent";
    private static final String TRACESTATE = "tracestate";
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private TraceHeaders() {}

    static Context read(Carried carried) {
        return carried.traceparent() == null
                ? Context.root()
                : W3C.extract(Context.root(), carried, CarriedGetter.INSTANCE);
    }

    static Carried write(Span span) {
        Map<String, String> headers = new HashMap<>();
        W3C.inject(Context.root().with(span), headers, (all, name, value) -> {
            if (all != null) {
                all.put(name, value);
            }
        });
        return new Carried(headers.get(TRACEPARENT), headers.get(TRACESTATE));
    }

    private enum CarriedGetter implements TextMapGetter<Carried> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Carried carrier) {
            return List.of(TRACEPARENT, TRACESTATE);
        }

        @Override
        public @Nullable String get(@Nullable Carried carrier, String key) {
            if (carrier == null) {
                return null;
            }
            return key.equals(TRACEPARENT) ? carrier.traceparent() : carrier.tracestate();
        }
    }
}
