package io.toolstream.worker;

import io.toolstream.runtime.meter.Meters;
import io.toolstream.runtime.tracing.Tracing;
import java.util.Map;

/**
 * What a worker is watched with; closed with the worker.
 *
 * @param writesEvents false only to see what events cost: without them nothing that counts calls is right
 */
public record Instruments(Meters meters, Tracing tracing, boolean writesEvents) {
    /** Meters, and spans where the variables {@code OTEL_*} want some. */
    public static Instruments of(Map<String, String> environment) {
        return new Instruments(new Meters(), Tracing.of(environment, "toolstream-worker"), true);
    }
}
