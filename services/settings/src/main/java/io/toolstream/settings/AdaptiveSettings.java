package io.toolstream.settings;

import java.time.Duration;

/**
 * Attempt limits learned from what a tool took so far; never longer than {@code mcp.timeouts.attempt}.
 *
 * @param least no learned limit is shorter
 * @param factor of the latency that 99 of 100 attempts stay below, in percent: 300 allows three times as long
 */
public record AdaptiveSettings(boolean enabled, Duration least, int factor) {
    static final AdaptiveSettings LOCAL = new AdaptiveSettings(true, Duration.ofSeconds(2), 300);
    static final AdaptiveSettings CLOUD = new AdaptiveSettings(true, Duration.ofSeconds(5), 300);

    public static final AdaptiveSettings DEFAULT = LOCAL;

    public AdaptiveSettings {
        new Rules()
                .atLeast("least", least, Duration.ofMillis(1))
                .between("factor", factor, 100, 10_000)
                .enforce();
    }
}
