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
        BreakerSettings breaker,
        RetrySettings retries,
        AdaptiveSettings adaptive,
        ConcurrencySettings concurrency,
        Duration catalogueRefresh) {
    private static final Duration REFRESH = Duration.ofMinutes(5);

    /** For servers on this machine or in the private network. */
    static final McpSettings LOCAL = new McpSettings(
            McpTimeouts.LOCAL,
            PoolSettings.LOCAL,
            HealthSettings.LOCAL,
            StdioSettings.DEFAULT,
            BreakerSettings.LOCAL,
            RetrySettings.LOCAL,
            AdaptiveSettings.LOCAL,
            ConcurrencySettings.LOCAL,
            REFRESH);

    /** For servers of others. */
    static final McpSettings CLOUD = new McpSettings(
            McpTimeouts.CLOUD,
            PoolSettings.CLOUD,
            HealthSettings.CLOUD,
            StdioSettings.DEFAULT,
            BreakerSettings.CLOUD,
            RetrySettings.CLOUD,
            AdaptiveSettings.CLOUD,
            ConcurrencySettings.CLOUD,
            REFRESH);

    public static final McpSettings DEFAULT = LOCAL;

    /** As for near servers in what is not named. */
    public McpSettings(
            McpTimeouts timeouts,
            PoolSettings pool,
            HealthSettings health,
            StdioSettings stdio,
            Duration catalogueRefresh) {
        this(
                timeouts,
                pool,
                health,
                stdio,
                BreakerSettings.LOCAL,
                RetrySettings.LOCAL,
                AdaptiveSettings.LOCAL,
                ConcurrencySettings.LOCAL,
                catalogueRefresh);
    }

    public McpSettings {
        new Rules()
                .atLeast("catalogueRefresh", catalogueRefresh, Duration.ofSeconds(1))
                .enforce();
    }

    McpSettings with(McpTimeouts other) {
        return new McpSettings(other, pool, health, stdio, breaker, retries, adaptive, concurrency, catalogueRefresh);
    }

    McpSettings with(ConcurrencySettings other) {
        return new McpSettings(timeouts, pool, health, stdio, breaker, retries, adaptive, other, catalogueRefresh);
    }
}
