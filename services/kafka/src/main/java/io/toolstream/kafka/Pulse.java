package io.toolstream.kafka;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Whether the broker still answers a consumer, by the consumer's own count of responses. Of a broker that went away or
 * stands still a consumer says nothing: it just has no records. Means something for one that always has a fetch under way,
 * which is answered twice a second. The consumer's thread looks, any thread asks.
 */
final class Pulse {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier nanoTime;
    private final Supplier<? extends Map<MetricName, ? extends Metric>> metrics;
    private @Nullable Metric responses;
    private double seen = Double.NaN;
    private long nextLookNanos;
    private volatile long heardNanos;

    Pulse(LongSupplier nanoTime, Supplier<? extends Map<MetricName, ? extends Metric>> metrics) {
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.heardNanos = nanoTime.getAsLong();
        this.nextLookNanos = heardNanos;
    }

    void look() {
        long nowNanos = nanoTime.getAsLong();
        if (nowNanos - nextLookNanos < 0) {
            return;
        }
        nextLookNanos = nowNanos + LOOK_NANOS;
        double count = count();
        if (Double.isNaN(count) || count != seen) { // a consumer that does not count is believed
            seen = count;
            heardNanos = nowNanos;
        }
    }

    boolean isSilent() {
        return nanoTime.getAsLong() - heardNanos > SILENT_NANOS;
    }

    private double count() {
        Metric known = responses;
        if (known == null) {
            known = find();
            responses = known;
        }
        return known != null && known.metricValue() instanceof Number count ? count.doubleValue() : Double.NaN;
    }

    private @Nullable Metric find() {
        for (Map.Entry<MetricName, ? extends Metric> metric : metrics.get().entrySet()) {
            MetricName name = metric.getKey();
            if (name.name().equals("response-total") && name.group().equals("consumer-metrics")) {
                return metric.getValue();
            }
        }
        return null;
    }
}
