package io.toolstream.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The metrics app: what workers tell, added up in windows.
 *
 * @param enabled whether it runs beside a worker where everything runs in one process
 * @param group of Kafka Streams, and how the names of its own topics begin: instances of one group share the work; null:
 *     one for each pipeline, see {@link #group(TopicSettings)}
 * @param grace after a window's end, and after the last word on it, before its final record
 * @param retention for how long a final window is kept in memory, for what comes later still
 * @param toolsPerServer told apart by name; what is beyond shares one
 */
public record MetricsSettings(
        boolean enabled, @Nullable String group, Duration grace, Duration retention, int toolsPerServer) {
    public static final MetricsSettings DEFAULT =
            new MetricsSettings(true, null, Duration.ofSeconds(5), Duration.ofMinutes(20), 1_000);

    public MetricsSettings {
        new Rules()
                .check(
                        group == null || group.matches("[a-zA-Z0-9._-]{1,100}"),
                        "group",
                        "must be 1 to 100 of a-z A-Z 0-9 . _ -: names of topics begin with it")
                .atLeast("grace", grace, Duration.ofMillis(500))
                .atLeast("retention", retention, Duration.ofMinutes(1))
                .between("toolsPerServer", toolsPerServer, 1, 10_000)
                .enforce();
    }

    /** The group that is set, else one named after the pipeline: two of them on the same brokers must not share the work. */
    public String group(TopicSettings topics) {
        return group == null ? (topics.prefix() + "metrics").replace('.', '-') : group;
    }
}
