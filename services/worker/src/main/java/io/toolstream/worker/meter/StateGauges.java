package io.toolstream.worker.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.toolstream.kafka.EngineSnapshot;
import io.toolstream.kafka.PartitionSnapshot;
import io.toolstream.runtime.meter.Meters;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows the state of the engine, asked for when someone scrapes. */
public final class StateGauges {
    /** Of those assigned, the first; the oldest record of all is shown anyway. */
    private static final int MOST_PARTITIONS = 200;

    private final Meters meters;
    private final MeterRegistry registry;

    private StateGauges(Meters meters) {
        this.meters = meters;
        this.registry = meters.registry();
    }

    public static StateGauges of(Meters meters) {
        return new StateGauges(meters);
    }

    public void engine(Supplier<EngineSnapshot> engine) {
        gauge("toolstream.calls.in.flight", "Records taken and not settled", engine, EngineSnapshot::inFlight);
        gauge("toolstream.calls.in.flight.bytes", "Their size", engine, EngineSnapshot::inFlightBytes);
        gauge(
                "toolstream.calls.oldest.age.seconds",
                "Age of the oldest record that is not settled",
                engine,
                snapshot -> snapshot.partitions().stream()
                        .mapToDouble(StateGauges::ageSeconds)
                        .max()
                        .orElse(0));
        partitions(engine);
    }

    private void partitions(Supplier<EngineSnapshot> engine) {
        MultiGauge ages = MultiGauge.builder("toolstream.partition.oldest.age.seconds")
                .description("Age of the oldest record of an assigned partition that is not settled; 0 where all are")
                .register(registry);
        MultiGauge unsettled = MultiGauge.builder("toolstream.partition.unsettled")
                .description("Records of an assigned partition that were read and are not settled")
                .register(registry);
        meters.beforeScrape(() -> {
            List<PartitionSnapshot> partitions =
                    engine.get().partitions().stream().limit(MOST_PARTITIONS).toList();
            ages.register(rows(partitions, StateGauges::ageSeconds), true);
            unsettled.register(rows(partitions, PartitionSnapshot::unsettled), true);
        });
    }

    private static List<MultiGauge.Row<?>> rows(
            List<PartitionSnapshot> partitions, ToDoubleFunction<PartitionSnapshot> value) {
        return partitions.stream()
                .<MultiGauge.Row<?>>map(
                        partition -> MultiGauge.Row.of(labels(partition), value.applyAsDouble(partition)))
                .toList();
    }

    private static Tags labels(PartitionSnapshot partition) {
        return Tags.of("messaging.destination.partition.id", String.valueOf(partition.partition()));
    }

    private static double ageSeconds(PartitionSnapshot partition) {
        Duration age = partition.oldestUnfinishedAge();
        return age.toMillis() / 1_000.0;
    }

    /** What an engine that is kept elsewhere has read of this topic, and found when it took partitions over. */
    public <T> void counts(String topic, T engine, Function<T, EngineSnapshot> state) {
        FunctionCounter.builder(
                        "messaging.client.consumed.messages",
                        engine,
                        asked -> state.apply(asked).handled())
                .description("Records read and handed over")
                .tag("messaging.destination.name", topic)
                .register(registry);
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
        counter(
                "toolstream.commits",
                "Commits that the brokers have acknowledged",
                engine,
                asked -> state.apply(asked).commits());
        counter(
                "toolstream.commits.failed",
                "Commits that failed",
                engine,
                asked -> state.apply(asked).failedCommits());
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
