package io.toolstream.embedded.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Kafka's settings for one small node that is broker and controller at once. */
final class BrokerProperties {
    static final int NODE_ID = 1;
    static final String CLIENTS = "CLIENTS";
    static final String CONTROLLER = "CONTROLLER";

    private BrokerProperties() {}

    static Map<String, String> of(Path directory, int clientPort, int controllerPort, Duration startTimeout) {
        Map<String, String> all = new HashMap<>();
        all.putAll(node(directory, clientPort, controllerPort));
        all.putAll(internalTopics());
        all.putAll(small());
        all.put("server.max.startup.time.ms", Long.toString(startTimeout.toMillis()));
        return all;
    }

    private static Map<String, String> node(Path directory, int clientPort, int controllerPort) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE_ID),
                "controller.quorum.voters",
                NODE_ID + "@127.0.0.1:" + controllerPort,
                "listeners",
                CLIENTS + "://127.0.0.1:" + clientPort + "," + CONTROLLER + "://127.0.0.1:" + controllerPort,
                "listener.security.protocol.map",
                CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT",
                "inter.broker.listener.name",
                CLIENTS,
                "controller.listener.names",
                CONTROLLER,
                "log.dirs",
                directory.toString());
    }

    /** One replica and one partition each: a partition costs two files and start time. */
    private static Map<String, String> internalTopics() {
        return Map.of(
                "offsets.topic.num.partitions", "1",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1");
    }

    private static Map<String, String> small() {
        Map<String, String> all = new HashMap<>();
        all.put("group.initial.rebalance.delay.ms", "0");
        // What a member that was killed held is soon free again, for those who ask for short time-outs.
        all.put("group.min.session.timeout.ms", "1000");
        all.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // A mistyped topic shall be an error, not a new topic.
        all.put("auto.create.topics.enable", "false");
        all.put("default.replication.factor", "1");
        all.put("min.insync.replicas", "1");
        all.put("message.max.bytes", Integer.toString(2 * 1024 * 1024));
        all.put("num.network.threads", "1");
        all.put("num.io.threads", "2");
        all.put("background.threads", "2");
        // The default buffer of 128 MiB is most of a small heap.
        all.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 * 1024 * 1024));
        // Index files are preallocated, two for each partition.
        all.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
        all.put("log.segment.bytes", Integer.toString(128 * 1024 * 1024));
        // No beans for hundreds of metrics nobody reads.
        all.put("metric.reporters", "");
        return all;
    }
}
