package io.toolstream.worker.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.toolstream.kafka.EngineSnapshot;
import io.toolstream.kafka.PartitionSnapshot;
import io.toolstream.runtime.meter.Meters;
import java.time.Duration;
import java.util.function.Function;
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

    /** What an engine that is kept elsewhere found when it took partitions over. */
    public <T> void takeovers(T engine, Function<T, EngineSnapshot> state) {
        counter(
                "toolstream.calls.skipped",
                "Records read and not handled, since an earlier owner of their partition had done them",
                engine,
                asked -> state.apply(asked).skipped());
        counter(
                "toolstream.calls.crashes",
                "Partitions taken over whose last owner had ended without a word",
                engine,
                asked -> state.apply(asked).crashes());
    }

    private <T> void gauge(String name, String description, Supplier<T> source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, asked -> value.applyAsDouble(asked.get()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private <T> void counter(String name, String description, T source, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, source, value).description(description).register(registry);
    }
}
