package io.toolstream.worker.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.toolstream.kafka.ClientFigure;
import io.toolstream.kafka.ClientFigures;
import io.toolstream.runtime.meter.Meters;

/**
 * Shows what Kafka clients tell of themselves, asked for when someone scrapes. Under the names of Micrometer's own binder,
 * which is not used: it shows everything, per topic, partition and broker, and needs a thread for each client.
 */
public final class KafkaMeters {
    private KafkaMeters() {}

    public static void show(Meters meters, ClientFigures client) {
        Tags tags = Tags.of("client.id", client.clientId());
        client.kinds().forEach(figure -> show(meters.registry(), client, figure, tags));
    }

    private static void show(MeterRegistry registry, ClientFigures client, ClientFigure figure, Tags tags) {
        if (figure.isCount()) {
            FunctionCounter.builder(figure.title(), client, asked -> asked.value(figure))
                    .description(figure.description())
                    .tags(tags)
                    .register(registry);
        } else {
            Gauge.builder(figure.title(), client, asked -> asked.value(figure))
                    .description(figure.description())
                    .tags(tags)
                    .strongReference(true)
                    .register(registry);
        }
    }
}
