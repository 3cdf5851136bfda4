package io.toolstream.settings;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The topics of one pipeline.
 *
 * @param partitions of calls, parked and effects; fixed for good, since ordering and idempotency keys choose by it
 * @param create whether missing topics are made at start
 * @param replyTopics where replies may go besides the default reply topic: exact names, or a prefix ending in {@code *}
 */
public record TopicSettings(String prefix, int partitions, int replication, boolean create, List<String> replyTopics) {
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,100}");
    private static final Pattern REPLY_TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}|[a-zA-Z0-9._-]{1,248}\\*");

    public static final TopicSettings DEFAULT = new TopicSettings("toolstream.", 24, 1, true, List.of());

    /** Partitions of calls whose events share one. */
    private static final int CALLS_PER_EVENTS = 4;

    public TopicSettings {
        replyTopics = List.copyOf(replyTopics);
        Rules rules = new Rules()
                .check(PREFIX.matcher(prefix).matches(), "prefix", "must be up to 100 of a-z A-Z 0-9 . _ -")
                .between("partitions", partitions, 1, 10_000)
                .between("replication", replication, 1, 100);
        for (int i = 0; i < replyTopics.size(); i++) {
            rules.check(
                    REPLY_TOPIC.matcher(replyTopics.get(i)).matches(),
                    "replyTopics/" + i,
                    "must be the name of a topic, or the beginning of names followed by one *");
        }
        rules.enforce();
    }

    /**
     * Of events and metrics. Few, so that records of events hold many, since each worker writes to all partitions; yet enough
     * to be counted in parallel.
     */
    public int eventPartitions() {
        return Math.max(1, partitions / CALLS_PER_EVENTS);
    }
}
