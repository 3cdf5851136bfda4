package io.toolstream.kafka;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** What one Kafka client tells of itself, asked for whenever somebody wants to know. Any thread. */
public final class ClientFigures {
    private final String clientId;
    private final boolean isProducer;
    private final Supplier<? extends Map<MetricName, ? extends Metric>> metrics;

    private ClientFigures(
            Map<String, Object> properties,
            boolean isProducer,
            Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
        this.clientId = Objects.toString(properties.get("client.id"), "");
        this.isProducer = isProducer;
        this.metrics = metrics;
    }

    /** @param properties the client was made with */
    static ClientFigures ofProducer(
            Map<String, Object> properties, Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
        return new ClientFigures(properties, true, metrics);
    }

    static ClientFigures ofConsumer(
            Map<String, Object> properties, Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
        return new ClientFigures(properties, false, metrics);
    }

    /** {@code client.id}, as the brokers know it. */
    public String clientId() {
        return clientId;
    }

    /** Those that this kind of client has. */
    public List<ClientFigure> kinds() {
        return Arrays.stream(ClientFigure.values())
                .filter(figure -> figure.isOfProducers() == isProducer)
                .toList();
    }

    /** NaN where the client does not know yet. */
    public double value(ClientFigure figure) {
        Metric metric = metrics.get()
                .get(new MetricName(figure.kafkaName(), figure.group(), "", Map.of("client-id", clientId)));
        return metric != null && metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
