package io.toolstream.settings;

import java.time.Duration;

/**
 * How tool servers are reached.
 *
 * @param catalogueRefresh how often the list of tools is read again
 */
public record McpSettings(
        McpTimeouts timeouts,
        PoolSettings pool,
        HealthSettings health,
        StdioSettings stdio,
        Duration catalogueRefresh) {
    /** For servers on this machine or in the private network. */
    static final McpSettings LOCAL = new McpSettings(
            McpTimeouts.LOCAL, PoolSettings.LOCAL, HealthSettings.LOCAL, StdioSettings.DEFAULT, Duration.ofMinutes(5));

    /** For servers of others. */
    static final McpSettings CLOUD = new McpSettings(
            McpTimeouts.CLOUD, PoolSettings.CLOUD, HealthSettings.CLOUD, StdioSettings.DEFAULT, Duration.ofMinutes(5));

    public static final McpSettings DEFAULT = LOCAL;

    public McpSettings {
        new Rules()
                .atLeast("catalogueRefresh", catalogueRefresh, Duration.ofSeconds(1))
                .enforce();
    }

    McpSettings with(McpTimeouts other) {
        return new McpSettings(other, pool, health, stdio, catalogueRefresh);
    }
}
