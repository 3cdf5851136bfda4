package io.toolstream.kafka;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Whether a consumer has a connection to any broker now, by its own count. It says nothing of a broker that went away: it
 * just has no records.
 */
final class Connections {
    private Connections() {}

    /** True also where the consumer does not count. Any thread. */
    static boolean areOpen(Map<MetricName, ? extends Metric> metrics) {
        for (Map.Entry<MetricName, ? extends Metric> metric : metrics.entrySet()) {
            MetricName name = metric.getKey();
            if (name.name().equals("connection-count") && name.group().equals("consumer-metrics")) {
                return !(metric.getValue().metricValue() instanceof Number count) || count.doubleValue() > 0;
            }
        }
        return true;
    }
}
