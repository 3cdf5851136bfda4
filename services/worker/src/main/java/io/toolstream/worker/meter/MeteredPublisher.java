package io.toolstream.worker.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.toolstream.kafka.Publisher;
import io.toolstream.runtime.meter.Meters;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Counts what is sent, by kind of destination: topics that callers name are one, or each would be a label. */
public final class MeteredPublisher implements Publisher {
    private final Publisher delegate;
    private final UnaryOperator<String> kindOfTopic;
    private final Meter.MeterProvider<Counter> sent;

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
        return delegate.publish(topic, partition, record)
                .whenComplete((position, failure) -> sent.withTags(
                                "messaging.destination.name",
                                kindOfTopic.apply(topic),
                                "error.type",
                                failure == null ? "none" : "refused")
                        .increment());
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
