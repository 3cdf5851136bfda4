package io.toolstream.runtime.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traces by OpenTelemetry. A trace that is not sampled where it began is not recorded here, whatever the sampler: so calls
 * without a sampled trace cost the look at one character.
 */
public final class OpenTelemetryTracing implements Tracing {
    private static final String SCOPE = "io.toolstream";
    private static final String VARIABLES = "OTEL_";

    /** For the spans that are left when the process ends: it must not stay for a receiver that does not answer. */
    private static final Duration LAST_SPANS = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(OpenTelemetryTracing.class);

    private final Tracer tracer;
    private final Runnable onClose;

    private OpenTelemetryTracing(OpenTelemetry telemetry, Runnable onClose) {
        this.tracer = telemetry.getTracer(SCOPE);
        this.onClose = onClose;
    }

    /** With a telemetry that somebody else set up, and closes. */
    public static Tracing of(OpenTelemetry telemetry) {
        return new OpenTelemetryTracing(telemetry, () -> {});
    }

    /**
     * As the environment says; off where that makes no sense: a process must not stay down for its traces. Only traces are
     * sent by it: metrics are scraped, and logs go to stderr.
     */
    static Tracing autoconfigured(Map<String, String> environment, String service) {
        OpenTelemetryLog.adopt();
        try {
            OpenTelemetrySdk telemetry = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> properties(environment, service))
                    .build()
                    .getOpenTelemetrySdk();
            return new OpenTelemetryTracing(telemetry, () -> shutDown(telemetry));
        } catch (RuntimeException e) {
            log.error("there will be no traces, the variables OTEL_* make no sense: {}", reason(e));
            return OFF;
        }
    }

    /** The variables under the names of properties, over our defaults: HTTP, since that needs nothing but the JDK. */
    private static Map<String, String> properties(Map<String, String> environment, String service) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "otel.service.name", service,
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none"));
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLES)) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return properties;
    }

    private static void shutDown(OpenTelemetrySdk telemetry) {
        if (!telemetry
                .shutdown()
                .join(LAST_SPANS.toMillis(), TimeUnit.MILLISECONDS)
                .isSuccess()) {
            log.warn("the last spans could not be sent");
        }
    }

    private static @Nullable String reason(RuntimeException e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    @Override
    public TraceSpan begin(SpanStart start, Carried parent) {
        if (parent.traceparent() != null && !parent.isSampled()) {
            return TraceSpan.passing(parent);
        }
        Context above = TraceHeaders.read(parent);
        SpanBuilder builder = tracer.spanBuilder(start.name()).setParent(above).setSpanKind(kind(start.kind()));
        start.attributes().forEach((name, value) -> attribute(builder, name, value));
        SpanContext sender = Span.fromContext(above).getSpanContext();
        if (start.kind() == SpanStart.Kind.CONSUMER && sender.isValid()) {
            builder.addLink(sender);
        }
        Span span = builder.startSpan();
        Carried carried = TraceHeaders.write(span);
        return span.isRecording() ? new RecordedSpan(span, carried) : TraceSpan.passing(carried);
    }

    private static void attribute(SpanBuilder builder, String name, Object value) {
        if (value instanceof Number number) {
            builder.setAttribute(name, number.longValue());
        } else {
            builder.setAttribute(name, value.toString());
        }
    }

    private static SpanKind kind(SpanStart.Kind kind) {
        return switch (kind) {
            case PRODUCER -> SpanKind.PRODUCER;
            case CONSUMER -> SpanKind.CONSUMER;
            case CLIENT -> SpanKind.CLIENT;
        };
    }

    @Override
    public void close() {
        onClose.run();
    }
}
