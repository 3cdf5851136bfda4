package io.toolstream.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/** The client properties of each kind of consumer here. */
final class ConsumerProperties {
    private static final int KIB = 1024;

    private ConsumerProperties() {}

    /**
     * A member of a group. Reads committed records only: a call of a transaction that is aborted was never accepted; for
     * producers without transactions this costs nothing. What is fetched ahead is bounded: it is memory, and waiting time.
     */
    static Map<String, Object> ofGroup(KafkaConnection connection, ConsumerEngineSettings settings) {
        Map<String, Object> defaults = new HashMap<>();
        defaults.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        defaults.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        defaults.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 512 * KIB);
        defaults.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * KIB * KIB);
        Map<String, Object> fixed = new HashMap<>();
        fixed.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
        fixed.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, settings.protocol().property());
        fixed.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        fixed.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        fixed.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        if (settings.protocol() == GroupProtocol.CLASSIC) {
            fixed.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        return connection.clientProperties("engine", defaults, fixed);
    }

    /**
     * One that reads single records here and there. Without a wait for more at the broker: what is fetched ahead there, and
     * not wanted, holds up the next question.
     */
    static Map<String, Object> ofSingleReads(KafkaConnection connection) {
        Map<String, Object> properties = ofReader(connection, "read");
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 64 * KIB);
        return properties;
    }

    /**
     * One that asks for the end of what it reads again and again. A question waits in the broker until the fetch before it, on
     * the same connection, has been answered: with Kafka's own half second for that, most of a second would pass between two
     * answers.
     */
    static Map<String, Object> ofAskingReader(KafkaConnection connection, String role) {
        Map<String, Object> properties = ofReader(connection, role);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        return properties;
    }

    /** One that is told what to read. Positions outside of the log are an exception, so that they can be counted. */
    static Map<String, Object> ofReader(KafkaConnection connection, String role) {
        Map<String, Object> defaults = new HashMap<>();
        defaults.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        defaults.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * KIB * KIB);
        defaults.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000); // new partitions are seen as late as that
        Map<String, Object> fixed = new HashMap<>();
        fixed.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        fixed.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        fixed.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return connection.clientProperties(role, defaults, fixed);
    }
}
