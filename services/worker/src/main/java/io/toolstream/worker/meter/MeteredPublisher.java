package io.toolstream.worker.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.toolstream.kafka.Publisher;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Counts what is sent, by kind of destination: topics that callers name are one, or each would be a label. Any thread. */
public final class MeteredPublisher implements Publisher {
    private final Publisher delegate;
    private final UnaryOperator<String> kindOfTopic;
    private final Meter.MeterProvider<Counter> sent;
    private final Map<String, Destination> destinations = new ConcurrentHashMap<>(); // as few as there are kinds

    private MeteredPublisher(Publisher delegate, UnaryOperator<String> kindOfTopic, MeterRegistry registry) {
        this.delegate = delegate;
        this.kindOfTopic = kindOfTopic;
        this.sent = Counter.builder("messaging.client.sent.messages")
                .description("Records the broker has acknowledged or refused")
                .withRegistry(registry);
    }

    /** {@code kindOfTopic} maps a topic to one of a few labels. */
    public static Publisher of(Publisher delegate, UnaryOperator<String> kindOfTopic, Meters meters) {
        return new MeteredPublisher(delegate, kindOfTopic, meters.registry());
    }

    @Override
    public CompletableFuture<RecordPosition> publish(String topic, @Nullable Integer partition, OutboundRecord record) {
        Destination destination = destination(kindOfTopic.apply(topic));
        return delegate.publish(topic, partition, record).whenComplete(destination);
    }

    /** Looking counters up by their labels for every record would cost more than all else done here. */
    private Destination destination(String kind) {
        Destination known = destinations.get(kind);
        return known == null ? destinations.computeIfAbsent(kind, this::register) : known;
    }

    private Destination register(String kind) {
        return new Destination(counter(kind, "none"), counter(kind, "refused"));
    }

    private Counter counter(String kind, String errorType) {
        return sent.withTags("messaging.destination.name", kind, "error.type", errorType);
    }

    /** The counters of one kind of destination. */
    private record Destination(Counter acknowledged, Counter refused)
            implements BiConsumer<RecordPosition, @Nullable Throwable> {
        @Override
        public void accept(@Nullable RecordPosition position, @Nullable Throwable failure) {
            (failure == null ? acknowledged : refused).increment();
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
