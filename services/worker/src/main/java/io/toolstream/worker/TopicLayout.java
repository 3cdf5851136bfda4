package io.toolstream.worker;

import io.toolstream.kafka.TopicSpec;
import io.toolstream.settings.TopicSettings;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The topics of a pipeline as they are needed: partitions, replicas, retention. What a worker checks at its start. */
public final class TopicLayout {
    private static final int MOST_BYTES = 2 << 20;
    private static final int REPLICAS_OF_A_CLUSTER = 3;

    private TopicLayout() {}

    public static List<TopicSpec> of(TopicSettings settings) {
        TopicNames names = new TopicNames(settings.prefix());
        return List.of(
                kept(settings, names.calls(), Duration.ofDays(7), Map.of("message.timestamp.type", "LogAppendTime")),
                kept(settings, names.replies(), Duration.ofDays(1), Map.of()),
                kept(settings, names.deadLetters(), Duration.ofDays(30), Map.of()),
                kept(settings, names.events(), Duration.ofDays(3), Map.of()),
                spec(settings, names.control(), 1, Map.of("cleanup.policy", "delete", "retention.ms", "86400000")),
                spec(settings, names.catalogue(), 1, Map.of("cleanup.policy", "compact")));
    }

    private static TopicSpec kept(
            TopicSettings settings, String name, Duration retention, Map<String, String> further) {
        Map<String, String> configs = new HashMap<>(further);
        configs.put("cleanup.policy", "delete");
        configs.put("retention.ms", Long.toString(retention.toMillis()));
        return spec(settings, name, settings.partitions(), configs);
    }

    private static TopicSpec spec(TopicSettings settings, String name, int partitions, Map<String, String> further) {
        Map<String, String> configs = new HashMap<>(further);
        configs.put("max.message.bytes", Integer.toString(MOST_BYTES));
        if (settings.replication() >= REPLICAS_OF_A_CLUSTER) {
            configs.put("min.insync.replicas", Integer.toString(settings.replication() - 1));
            configs.put("unclean.leader.election.enable", "false");
        }
        return new TopicSpec(name, partitions, settings.replication(), configs);
    }
}
