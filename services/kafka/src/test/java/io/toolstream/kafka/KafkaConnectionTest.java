package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {
    private static final Map<String, String> OWN = Map.of(
            "sasl.jaas.config", "password=\"hunter2\"",
            "linger.ms", "7",
            "acks", "0",
            "max.block.ms", "60000",
            "enable.auto.commit", "true",
            "auto.offset.reset", "latest",
            "max.poll.records", "9");
    private static final KafkaConnection CONNECTION = new KafkaConnection("broker:9092", "worker", OWN);

    @Test
    void toString_neverShowsWhatMayBeASecret() {
        assertThat(CONNECTION)
                .asString()
                .contains("broker:9092", "sasl.jaas.config")
                .doesNotContain("hunter2");
    }

    @Test
    void producerProperties_takeTheConnections_butKeepThePromises() {
        assertThat(ProducerProfile.latency().clientProperties(CONNECTION))
                .containsEntry(ProducerConfig.LINGER_MS_CONFIG, "7")
                .containsEntry("sasl.jaas.config", OWN.get("sasl.jaas.config"))
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
                .containsEntry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0)
                .containsEntry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20)
                .containsEntry(ProducerConfig.CLIENT_ID_CONFIG, "worker-latency");
        assertThat(ProducerProfile.bulk().clientProperties(new KafkaConnection("b:1", "w", Map.of())))
                .containsEntry(ProducerConfig.LINGER_MS_CONFIG, 10);
        assertThat(ProducerProfile.gathering().clientProperties(CONNECTION))
                .containsEntry(ProducerConfig.LINGER_MS_CONFIG, "7")
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.CLIENT_ID_CONFIG, "worker-gathering");
    }

    @Test
    void groupProperties_takeTheConnections_butKeepThePromises() {
        ConsumerEngineSettings settings = MockedEngine.settings(1, 1, 1);
        assertThat(ConsumerProperties.ofGroup(CONNECTION, settings))
                .containsEntry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "9")
                .containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)
                .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
                .containsEntry(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic")
                .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .containsKey(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);
    }

    @Test
    void settings_thatMakeNoSense_areRefused() {
        assertThatThrownBy(() -> new KafkaConnection(" ", "id", Map.of())).hasMessageContaining("bootstrapServers");
        assertThatThrownBy(() -> new KafkaConnection("a:1", "", Map.of())).hasMessageContaining("clientId");
        assertThatThrownBy(() -> MockedEngine.settings(0, 1, 1)).hasMessageContaining("maxInFlight");
        assertThatThrownBy(() -> MockedEngine.settings(1, 0, 1)).hasMessageContaining("maxInFlightBytes");
        assertThatThrownBy(() -> MockedEngine.settings(1, 1, 0)).hasMessageContaining("maxUnsettled");
        assertThatThrownBy(() -> new ConsumerEngineSettings(
                        "g", List.of(), 1, 1, Duration.ofMillis(1), Duration.ZERO, GroupProtocol.CLASSIC))
                .hasMessageContaining("topics");
        assertThatThrownBy(() -> new ConsumerEngineSettings(
                        "g", List.of("t"), 1, 1, Duration.ZERO, Duration.ZERO, GroupProtocol.CLASSIC))
                .hasMessageContaining("commitInterval");
        assertThatThrownBy(() -> new TopicSpec("t", 0, 1, Map.of())).hasMessageContaining("partitions");
    }
}
