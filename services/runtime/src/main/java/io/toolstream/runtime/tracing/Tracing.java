package io.toolstream.runtime.tracing;

import java.util.HashMap;
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
        return isWanted(environment) ? OpenTelemetryTracing.autoconfigured(environment, service) : OFF;
    }

    /** The same for a command, which ends soon: what the receiver does not take is not offered to it again. */
    static Tracing ofCommand(Map<String, String> environment, String service) {
        if (!isWanted(environment)) {
            return OFF;
        }
        Map<String, String> variables = new HashMap<>(environment);
        variables.putIfAbsent("OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED", "true");
        return OpenTelemetryTracing.autoconfigured(variables, service);
    }

    private static boolean isWanted(Map<String, String> environment) {
        return environment.keySet().stream().anyMatch(name -> name.startsWith("OTEL_"))
                && !Boolean.parseBoolean(environment.get("OTEL_SDK_DISABLED"));
    }
}
