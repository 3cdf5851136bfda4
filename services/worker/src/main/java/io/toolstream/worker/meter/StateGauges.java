package io.toolstream.worker.meter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.toolstream.kafka.EngineSnapshot;
import io.toolstream.kafka.PartitionSnapshot;
import io.toolstream.runtime.meter.Meters;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows the state of the engine, asked for when someone scrapes. */
public final class StateGauges {
    private final MeterRegistry registry;

    private StateGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    public static StateGauges of(Meters meters) {
        return new StateGauges(meters.registry());
    }

    public void engine(Supplier<EngineSnapshot> engine) {
        gauge("toolstream.calls.in.flight", "Records taken and not settled", engine, EngineSnapshot::inFlight);
        gauge("toolstream.calls.in.flight.bytes", "Their size", engine, EngineSnapshot::inFlightBytes);
        gauge(
                "toolstream.calls.oldest.age.seconds",
                "Age of the oldest record that is not settled",
                engine,
                snapshot -> snapshot.partitions().stream()
                        .map(PartitionSnapshot::oldestUnfinishedAge)
                        .mapToLong(Duration::toSeconds)
                        .max()
                        .orElse(0));
    }

    private <T> void gauge(String name, String description, Supplier<T> source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, asked -> value.applyAsDouble(asked.get()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }
}
