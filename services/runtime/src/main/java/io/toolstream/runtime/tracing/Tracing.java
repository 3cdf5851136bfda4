package io.toolstream.runtime.tracing;

import java.util.Map;

/** Makes spans. Any thread; neither blocks nor throws. Closing sends what is left, within two seconds. */
public interface Tracing extends AutoCloseable {
    /** Makes none, and costs nothing. */
    Tracing OFF = (start, parent) -> TraceSpan.passing(parent);

    /**
     * Begins a span below this parent, or a trace. What its parent's trace does not record is not recorded here either.
     *
     * @return what ends it
     */
    TraceSpan begin(SpanStart start, Carried parent);

    @Override
    default void close() {}

    /**
     * Traces as the variables {@code OTEL_*} say, of which there must be one; {@link #OFF} otherwise.
     *
     * @param service this process's name, if they say none
     */
    static Tracing of(Map<String, String> environment, String service) {
        boolean isWanted = environment.keySet().stream().anyMatch(name -> name.startsWith("OTEL_"))
                && !Boolean.parseBoolean(environment.get("OTEL_SDK_DISABLED"));
        return isWanted ? OpenTelemetryTracing.autoconfigured(environment, service) : OFF;
    }
}
