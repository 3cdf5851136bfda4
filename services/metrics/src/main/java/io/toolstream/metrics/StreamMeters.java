package io.toolstream.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.toolstream.runtime.meter.Meters;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.KafkaStreams.State;

/** What the app has done, for scrapes. */
final class StreamMeters {
    private final MeterRegistry registry;
    private final Counted counted;

    private StreamMeters(MeterRegistry registry, Counted counted) {
        this.registry = registry;
        this.counted = counted;
    }

    static void register(Meters all, Counted counted, StreamsRun run, String clientId) {
        MeterRegistry registry = all.registry();
        StreamMeters meters = new StreamMeters(registry, counted);
        String calls = "Calls that workers told of: counted, told of again, or too late for their window";
        meters.counter("toolstream.stream.calls", calls, "counted", MetricsSnapshot::counted);
        meters.counter("toolstream.stream.calls", calls, "again", MetricsSnapshot::again);
        meters.counter("toolstream.stream.calls", calls, "late", MetricsSnapshot::tooLate);
        String records = "Records of events that could not be read, and of metrics that were written";
        meters.counter("toolstream.stream.records", records, "unreadable", MetricsSnapshot::unreadable);
        meters.counter("toolstream.stream.records", records, "published", MetricsSnapshot::published);
        Gauge.builder("toolstream.stream.running", run, running -> running.state() == State.RUNNING ? 1 : 0)
                .description("Whether the app counts")
                .register(registry);
        StreamFigures.show(all, clientId, run::metrics);
    }

    private void counter(String name, String description, String outcome, ToDoubleFunction<MetricsSnapshot> value) {
        FunctionCounter.builder(name, counted, now -> value.applyAsDouble(now.snapshot()))
                .description(description)
                .tag("outcome", outcome)
                .register(registry);
    }
}
