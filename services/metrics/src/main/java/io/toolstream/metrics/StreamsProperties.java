package io.toolstream.metrics;

import io.toolstream.settings.KafkaSettings;
import io.toolstream.settings.ToolstreamSettings;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams is set up for the metrics app. The operator's own client properties win but for what exactness rests on. */
final class StreamsProperties {
    private static final int MIB = 1 << 20;
    private static final int REPLICAS_OF_A_CLUSTER = 3;
    private static final String SESSION_MILLIS = "10000";

    private StreamsProperties() {}

    static Properties of(ToolstreamSettings settings) {
        KafkaSettings kafka = settings.kafka();
        Properties properties = new Properties();
        String session = kafka.client().getOrDefault(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        // A member that was killed leaves its partitions to nobody for so long, and its open transaction in their way.
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), session);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, MIB / 8);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * MIB);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 32L * MIB);
        properties.put(
                StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.topics().replication());
        properties.putAll(kafka.client());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.metrics().group(settings.topics()));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.put(StreamsConfig.CLIENT_ID_CONFIG, clientId(kafka));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100L);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put("processing.exception.handler.global.enabled", true); // unset, each start warns of it
        properties.put(StreamsConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        if (settings.topics().replication() >= REPLICAS_OF_A_CLUSTER) {
            properties.put(
                    StreamsConfig.topicPrefix("min.insync.replicas"),
                    settings.topics().replication() - 1);
        }
        return properties;
    }

    /** As the brokers know the app. */
    static String clientId(KafkaSettings kafka) {
        return kafka.clientId() + "-metrics";
    }
}
