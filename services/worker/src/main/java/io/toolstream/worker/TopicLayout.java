package io.toolstream.worker;

import io.toolstream.kafka.TopicSpec;
import io.toolstream.settings.LedgerSettings;
import io.toolstream.settings.TopicSettings;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The topics of a pipeline as they are needed: partitions, replicas, retention. What a worker checks at its start. */
public final class TopicLayout {
    private static final int MOST_BYTES = 2 << 20;
    private static final int REPLICAS_OF_A_CLUSTER = 3;

    private static final Map<String, String> APPEND_TIME = Map.of("message.timestamp.type", "LogAppendTime");

    /** What was done about them is kept for longer, or they were untouched again at their end. */
    private static final Duration LETTERS = Duration.ofDays(30);

    private TopicLayout() {}

    /** With the default retention of the ledger. */
    public static List<TopicSpec> of(TopicSettings settings) {
        return of(settings, LedgerSettings.DEFAULT.retention());
    }

    /** Those that the metrics app needs. */
    public static List<TopicSpec> ofMetrics(TopicSettings settings) {
        TopicNames names = new TopicNames(settings.prefix());
        Set<String> needed = Set.of(names.events(), names.metrics());
        return of(settings).stream()
                .filter(topic -> needed.contains(topic.name()))
                .toList();
    }

    /** What was claimed has to stay for longer than anybody may ask for it. */
    public static List<TopicSpec> of(TopicSettings settings, Duration ledgerRetention) {
        TopicNames names = new TopicNames(settings.prefix());
        return List.of(
                kept(settings, names.calls(), Duration.ofDays(7), APPEND_TIME),
                kept(settings, names.replies(), Duration.ofDays(1), Map.of()),
                kept(settings, names.deadLetters(), LETTERS, Map.of()),
                kept(settings, names.events(), settings.eventPartitions(), Duration.ofDays(3), APPEND_TIME),
                kept(settings, names.metrics(), settings.eventPartitions(), Duration.ofDays(7), Map.of()),
                kept(settings, names.effects(), ledgerRetention.multipliedBy(2), APPEND_TIME),
                kept(settings, names.parked(), Duration.ofDays(2), APPEND_TIME),
                spec(settings, names.control(), 1, Map.of("cleanup.policy", "delete", "retention.ms", "86400000")),
                spec(
                        settings,
                        names.replays(),
                        1,
                        Map.of(
                                "cleanup.policy",
                                "delete",
                                "retention.ms",
                                Long.toString(LETTERS.multipliedBy(2).toMillis()))),
                spec(settings, names.catalogue(), 1, Map.of("cleanup.policy", "compact")),
                spec(settings, names.epochs(), 1, Map.of("cleanup.policy", "compact")),
                // What a worker that is gone has left there is of no use to anybody.
                spec(
                        settings,
                        names.breakers(),
                        1,
                        Map.of("cleanup.policy", "compact,delete", "retention.ms", "86400000")));
    }

    private static TopicSpec kept(
            TopicSettings settings, String name, Duration retention, Map<String, String> further) {
        return kept(settings, name, settings.partitions(), retention, further);
    }

    private static TopicSpec kept(
            TopicSettings settings, String name, int partitions, Duration retention, Map<String, String> further) {
        Map<String, String> configs = new HashMap<>(further);
        configs.put("cleanup.policy", "delete");
        configs.put("retention.ms", Long.toString(retention.toMillis()));
        return spec(settings, name, partitions, configs);
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
