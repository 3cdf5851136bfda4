package io.toolstream.worker.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.toolstream.kafka.Publisher;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Counts and times what is sent, by kind of destination: topics that callers name are one, or each would be a label. Any thread. */
public final class MeteredPublisher implements Publisher {
    private static final String SENT = "messaging.client.sent.messages";

    private final Publisher delegate;
    private final UnaryOperator<String> kindOfTopic;
    private final MeterRegistry registry;
    private final Meter.MeterProvider<Timer> took;
    private final Map<String, Destination> destinations = new ConcurrentHashMap<>(); // as few as there are kinds

    private MeteredPublisher(Publisher delegate, UnaryOperator<String> kindOfTopic, MeterRegistry registry) {
        this.delegate = delegate;
        this.kindOfTopic = kindOfTopic;
        this.registry = registry;
        this.took = Buckets.timer(
                        "messaging.client.operation.duration", "From a record handed over to its acknowledgement")
                .tag("messaging.system", "kafka")
                .tag("messaging.operation.name", "send")
                .withRegistry(registry);
    }

    /** {@code kindOfTopic} maps a topic to one of a few labels. */
    public static Publisher of(Publisher delegate, UnaryOperator<String> kindOfTopic, Meters meters) {
        return new MeteredPublisher(delegate, kindOfTopic, meters.registry());
    }

    @Override
    public CompletableFuture<RecordPosition> publish(String topic, @Nullable Integer partition, OutboundRecord record) {
        Destination destination = destination(kindOfTopic.apply(topic));
        long beganNanos = System.nanoTime();
        return delegate.publish(topic, partition, record)
                .whenComplete((position, failure) -> destination.sent(failure == null, System.nanoTime() - beganNanos));
    }

    /** Looking counters up by their labels for every record would cost more than all else done here. */
    private Destination destination(String kind) {
        Destination known = destinations.get(kind);
        return known == null ? destinations.computeIfAbsent(kind, this::register) : known;
    }

    private Destination register(String kind) {
        return new Destination(timer(kind, "none"), timer(kind, "refused"));
    }

    private Timer timer(String kind, String errorType) {
        Tags tags = Tags.of("messaging.destination.name", kind, "error.type", errorType);
        Timer timer = took.withTags(tags);
        show(timer, tags);
        return timer;
    }

    /** What the timer counts, under the name that dashboards ask for. Publishers to the same destination share both. */
    private void show(Timer timer, Tags tags) {
        if (registry.find(SENT).tags(tags).functionCounter() == null) {
            FunctionCounter.builder(SENT, timer, Timer::count)
                    .description("Records the broker has acknowledged or refused")
                    .tags(tags)
                    .register(registry);
        }
    }

    /** What is measured of one kind of destination. */
    private record Destination(Timer acknowledged, Timer refused) {
        void sent(boolean isAcknowledged, long nanos) {
            (isAcknowledged ? acknowledged : refused).record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        delegate.close();
    }

    @Override
    public String toString() {
        return "MeteredPublisher[" + delegate + "]";
    }
}
