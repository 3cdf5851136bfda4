package io.toolstream.it.cli;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.toolstream.client.ToolClient;
import io.toolstream.wire.Status;

/** What the client's page shows for Micrometer, which the library itself does not know. */
final class MicrometerExample {
    private MicrometerExample() {}

    static void bind(MeterRegistry registry, ToolClient tools) {
        Gauge.builder("toolstream.client.ready", tools, t -> t.snapshot().isReady() ? 1 : 0)
                .register(registry);
        Gauge.builder("toolstream.client.in.flight", tools, t -> t.snapshot().inFlight())
                .register(registry);
        for (Status status : Status.values()) {
            FunctionCounter.builder(
                            "toolstream.client.replies",
                            tools,
                            t -> t.snapshot().counts().answered(status))
                    .tag("status", status.text())
                    .register(registry);
        }
    }
}
