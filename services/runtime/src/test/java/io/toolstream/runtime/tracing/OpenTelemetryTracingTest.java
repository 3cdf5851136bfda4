package io.toolstream.runtime.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenTelemetryTracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Carried SAMPLED = new Carried("00-" + TRACE + "-b7ad6b7169203331-01", "vendor=1");
    private static final SpanStart PROCESS =
            new SpanStart(SpanStart.Kind.CONSUMER, "process calls", Map.of("messaging.kafka.offset", 7L, "a", "b"));

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = telemetry(Sampler.alwaysOn());
    private final Tracing tracing = OpenTelemetryTracing.of(telemetry);

    @AfterEach
    void close() {
        telemetry.close();
    }

    private OpenTelemetrySdk telemetry(Sampler sampler) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .build();
    }

    @Test
    void begin_belowASampledParent_isItsChildAndLinkedToIt() {
        TraceSpan span = tracing.begin(PROCESS, SAMPLED);
        span.with("c", "d").with("n", 3).failed("tool_error");
        span.end();

        SpanData ended = exporter.getFinishedSpanItems().get(0);
        assertThat(ended.getName()).isEqualTo("process calls");
        assertThat(ended.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(ended.getTraceId()).isEqualTo(TRACE);
        assertThat(ended.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(ended.getLinks())
                .singleElement()
                .satisfies(link -> assertThat(link.getSpanContext().getSpanId()).isEqualTo("b7ad6b7169203331"));
        assertThat(ended.getAttributes().get(AttributeKey.longKey("messaging.kafka.offset")))
                .isEqualTo(7);
        assertThat(ended.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("tool_error");
        assertThat(ended.getStatus()).isEqualTo(StatusData.error());
        assertThat(span.carried()).isEqualTo(new Carried("00-" + TRACE + "-" + ended.getSpanId() + "-01", "vendor=1"));
    }

    @Test
    void begin_belowNothing_isATrace() {
        TraceSpan span = tracing.begin(PROCESS, Carried.NOTHING);
        span.end();

        assertThat(exporter.getFinishedSpanItems())
                .singleElement()
                .satisfies(ended -> assertThat(ended.getLinks()).isEmpty());
        assertThat(span.carried().isSampled()).isTrue();
    }

    @Test
    void begin_belowAParentThatIsNotSampled_recordsNothingAndPassesItOn() {
        Carried unsampled = new Carried("00-" + TRACE + "-b7ad6b7169203331-00", null);

        TraceSpan span = tracing.begin(PROCESS, unsampled);
        span.with("a", "b").end();

        assertThat(span.isRecorded()).isFalse();
        assertThat(span.carried()).isEqualTo(unsampled);
        assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void begin_whatTheSamplerDoesNotWant_isNotWantedFurtherDownEither() {
        try (OpenTelemetrySdk none = telemetry(Sampler.alwaysOff())) {
            TraceSpan span = OpenTelemetryTracing.of(none).begin(PROCESS, Carried.NOTHING);

            assertThat(span.isRecorded()).isFalse();
            assertThat(span.carried().traceparent()).startsWith("00-");
            assertThat(span.carried().isSampled()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "00-zz", "00-00000000000000000000000000000000-b7ad6b7169203331-01"})
    void begin_belowWhatIsNoTrace_neverThrows(String traceparent) {
        TraceSpan span = tracing.begin(PROCESS, new Carried(traceparent, null));
        span.end();

        assertThat(exporter.getFinishedSpanItems())
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(ended -> assertThat(ended.getLinks()).isEmpty());
    }

    @Test
    void of_anEnvironmentWithoutIt_isOff() {
        assertThat(Tracing.of(Map.of("PATH", "/bin"), "toolstream")).isSameAs(Tracing.OFF);
        assertThat(Tracing.of(Map.of("OTEL_SERVICE_NAME", "x", "OTEL_SDK_DISABLED", "true"), "toolstream"))
                .isSameAs(Tracing.OFF);
        assertThat(Tracing.OFF.begin(PROCESS, SAMPLED).carried()).isEqualTo(SAMPLED);
    }

    @Test
    void of_anEnvironmentThatNamesIt_isThat() {
        try (Tracing configured = Tracing.of(Map.of("OTEL_SERVICE_NAME", "x"), "toolstream")) {
            assertThat(configured).isInstanceOf(OpenTelemetryTracing.class);
        }
    }
}
