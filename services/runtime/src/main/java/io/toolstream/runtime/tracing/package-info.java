/**
 * Traces of a process: OpenTelemetry's only home. All other code sees {@link io.toolstream.runtime.tracing.Tracing}.
 *
 * <p>Spans begin and end on any thread. Where no {@code OTEL_*} variable is set, nothing of OpenTelemetry is loaded.
 */
@NullMarked
package io.toolstream.runtime.tracing;

import org.jspecify.annotations.NullMarked;
