package io.toolstream.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What a producer is tuned for.
 *
 * @param role ends its {@code client.id}
 * @param properties of the producer, which a connection's properties override
 * @param patience how long a record waits, without blocking anybody, for its topic to be looked up or for room in the
 *     producer's buffer; a producer that has lost all brokers knows no topic until one is back
 */
record ProducerProfile(String role, Map<String, Object> properties, Duration patience) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    ProducerProfile {
        properties = Map.copyOf(properties);
    }

    /**
     * For what somebody waits for. No lingering, yet batches under load: with at most two requests under way per broker,
     * what arrives meanwhile goes out together in the next one. So batches grow with the load, and a lone record never
     * waits. Measured over two hops on one machine: at 50 to 256 in flight a third less CPU per call than with Kafka's
     * five requests, at the same latency; {@code linger.ms} 1 instead costs a lone call 2.5 ms.
     */
    static ProducerProfile latency() {
        return new ProducerProfile(
                "latency",
                Map.of(
                        ProducerConfig.LINGER_MS_CONFIG, 0,
                        ProducerConfig.BATCH_SIZE_CONFIG, 64 * KIB,
                        ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * MIB,
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 2,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "none",
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000),
                Duration.ofSeconds(10));
    }

    /**
     * For answers that are awaited by nobody in particular: to calls in bulk. A few milliseconds gather what would otherwise
     * go to the broker in requests of two or three, and be fetched in as many.
     */
    static ProducerProfile gathering() {
        return new ProducerProfile(
                "gathering",
                Map.of(
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 * KIB,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        64L * MIB,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "none",
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        10_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        30_000),
                Duration.ofSeconds(10));
    }

    /**
     * For what nobody waits for: fewer and larger requests. Not later than this, since a call holds its slot until its event
     * is acknowledged.
     */
    static ProducerProfile bulk() {
        return new ProducerProfile(
                "bulk",
                Map.of(
                        ProducerConfig.LINGER_MS_CONFIG,
                        10,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 * KIB,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        32L * MIB,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "none",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        120_000),
                Duration.ofSeconds(60));
    }

    Map<String, Object> clientProperties(KafkaConnection connection) {
        Map<String, Object> defaults = new HashMap<>(properties);
        defaults.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * MIB);
        defaults.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, 3_600_000L); // a topic in use seldom stays quick
        return connection.clientProperties(role, defaults, FIXED);
    }

    /** Durability, and a {@code send} that never blocks: without room or metadata it fails, and waits in our queue. */
    private static final Map<String, Object> FIXED = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            0);
}
