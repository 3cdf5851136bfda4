package io.toolstream.it.kafka;

import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Kafka as Apache ships it, in a container: what shows that nothing here depends on the broker in the same process. */
final class ContainerBroker implements TestBroker {
    private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka-native:4.3.1");

    /** What our own broker for development has too, and tests rely on. */
    private static final Map<String, String> SETTINGS = Map.of(
            "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false",
            "KAFKA_MESSAGE_MAX_BYTES", "2097152",
            "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0",
            "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "1",
            "KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "1");

    private final KafkaContainer container;

    private ContainerBroker(KafkaContainer container) {
        this.container = container;
    }

    /** Whether a Docker engine answers. */
    static boolean isPossible() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    static TestBroker start() {
        KafkaContainer container = new KafkaContainer(IMAGE).withEnv(SETTINGS);
        container.start();
        return new ContainerBroker(container);
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public void close() {
        container.stop();
    }
}
