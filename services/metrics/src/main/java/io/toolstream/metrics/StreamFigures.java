package io.toolstream.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.toolstream.runtime.meter.Meters;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Shows what Kafka Streams tells of itself, looked at once for each scrape. Under the names of Micrometer's own binder, which is
 * not used: it shows everything, per thread, task, topic and processor, and needs a thread.
 */
final class StreamFigures {
    private static final Map<String, StreamFigure> BY_NAME = Arrays.stream(StreamFigure.values())
            .collect(Collectors.toUnmodifiableMap(StreamFigure::kafkaName, Function.identity()));

    private final Supplier<? extends Map<MetricName, ? extends Metric>> metrics;
    private volatile Map<StreamFigure, Double> known = Map.of();

    private StreamFigures(Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
        this.metrics = metrics;
    }

    /** @param clientId of the app, as the brokers know it */
    static void show(Meters meters, String clientId, Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
        StreamFigures figures = new StreamFigures(metrics);
        meters.beforeScrape(figures::look);
        Tags tags = Tags.of("client.id", clientId);
        for (StreamFigure figure : StreamFigure.values()) {
            figures.show(meters.registry(), figure, tags);
        }
    }

    private void show(MeterRegistry registry, StreamFigure figure, Tags tags) {
        if (figure.isCount()) {
            FunctionCounter.builder(figure.title(), this, asked -> asked.value(figure))
                    .description(figure.description())
                    .tags(tags)
                    .register(registry);
        } else {
            Gauge.builder(figure.title(), this, asked -> asked.value(figure))
                    .description(figure.description())
                    .tags(tags)
                    .strongReference(true)
                    .register(registry);
        }
    }

    private void look() {
        Map<StreamFigure, Double> found = new EnumMap<>(StreamFigure.class);
        metrics.get().forEach((name, metric) -> {
            StreamFigure figure = BY_NAME.get(name.group() + "/" + name.name());
            if (figure != null
                    && isOfTheWhole(name)
                    && metric.metricValue() instanceof Number number
                    && !Double.isNaN(number.doubleValue())) {
                found.merge(figure, number.doubleValue(), figure::with);
            }
        });
        known = found;
    }

    /** Consumers tell some figures once more for each topic and partition, under the same names. */
    private static boolean isOfTheWhole(MetricName name) {
        return !name.tags().containsKey("topic");
    }

    /** NaN where nobody knows yet. */
    private double value(StreamFigure figure) {
        return known.getOrDefault(figure, Double.NaN);
    }
}
