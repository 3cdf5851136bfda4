package io.toolstream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.runtime.meter.Meters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StreamFiguresTest {
    private final Meters meters = new Meters();
    private final Map<MetricName, Metric> kafka = new LinkedHashMap<>();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void scrape_hasTheSumOfWhatCounts_andTheLargestOfWhatDoesNot() {
        for (int thread = 1; thread <= 3; thread++) {
            Map<String, String> tags = Map.of("thread-id", "t-" + thread);
            tell("stream-thread-metrics", "process-total", tags, 10.0 * thread);
            tell("stream-thread-metrics", "process-latency-avg", tags, thread);
        }
        tell("stream-thread-metrics", "process-latency-avg", Map.of("thread-id", "new"), Double.NaN);
        StreamFigures.show(meters, "app-metrics", () -> kafka);

        assertThat(meters.scrape())
                .contains("kafka_stream_thread_process_total{client_id=\"app-metrics\"} 60.0")
                .contains("kafka_stream_thread_process_latency_avg{client_id=\"app-metrics\"} 3.0")
                .contains("kafka_stream_alive_stream_threads{client_id=\"app-metrics\"} NaN");
    }

    @Test
    void scrape_ofManyTopicsAndTasks_isAsLongAsOfFew() {
        StreamFigures.show(meters, "app-metrics", () -> kafka);
        tell("consumer-fetch-manager-metrics", "records-lag-max", Map.of("client-id", "c"), 7);
        long few = series();
        for (int i = 0; i < 1_000; i++) {
            Map<String, String> tags = Map.of("topic", "topic-" + i, "partition", "0");
            tell("consumer-fetch-manager-metrics", "records-lag-max", tags, 1_000);
            tell("stream-task-metrics", "dropped-records-total", Map.of("task-id", "0_" + i), 1);
            tell("stream-state-metrics", "put-rate", Map.of("store", "s-" + i), 1);
        }

        assertThat(series()).isEqualTo(few).isEqualTo(StreamFigure.values().length);
        assertThat(meters.scrape())
                .contains("kafka_consumer_fetch_manager_records_lag_max{client_id=\"app-metrics\"} 7.0")
                .contains("kafka_stream_task_dropped_records_total{client_id=\"app-metrics\"} 1000.0");
    }

    @Test
    void value_isThatOfTheLastLook() {
        StreamFigures.show(meters, "app-metrics", () -> kafka);
        tell("stream-metrics", "alive-stream-threads", Map.of(), 1);
        assertThat(meters.scrape()).contains("alive_stream_threads{client_id=\"app-metrics\"} 1.0");

        tell("stream-metrics", "alive-stream-threads", Map.of(), 0);
        assertThat(meters.scrape()).contains("alive_stream_threads{client_id=\"app-metrics\"} 0.0");
    }

    private long series() {
        return meters.scrape().lines().filter(line -> line.startsWith("kafka_")).count();
    }

    private void tell(String group, String name, Map<String, String> tags, double value) {
        MetricName metricName = new MetricName(name, group, "", tags);
        kafka.put(metricName, new Told(metricName, value));
    }

    private record Told(MetricName metricName, Object metricValue) implements Metric {}
}
