package io.toolstream.it.kafka;

import io.toolstream.kafka.ConsumerEngine;
import io.toolstream.kafka.ConsumerEngineSettings;
import io.toolstream.kafka.GroupProtocol;
import io.toolstream.kafka.RecordHandler;
import io.toolstream.wire.InboundRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** Starts engines with settings that suit tests. */
final class Engines {
    private Engines() {}

    static ConsumerEngineSettings settings(String group, String topic, int maxInFlight, GroupProtocol protocol) {
        return new ConsumerEngineSettings(
                group, List.of(topic), maxInFlight, 64 << 20, Duration.ofMillis(100), Duration.ofSeconds(10), protocol);
    }

    static ConsumerEngine start(TestCluster cluster, ConsumerEngineSettings settings, RecordHandler handler) {
        return ConsumerEngine.start(cluster.connection(), settings, handler);
    }

    static int value(InboundRecord record) {
        return ByteBuffer.wrap(java.util.Objects.requireNonNull(record.value())).getInt();
    }
}
