package io.toolstream.settings;

import java.time.Duration;

/**
 * Tool servers that are child processes.
 *
 * @param children of one server, at most
 * @param stopGrace a child's time to exit after its input is closed, and again after it is asked to terminate
 */
public record StdioSettings(int children, Duration stopGrace) {
    public static final StdioSettings DEFAULT = new StdioSettings(1, Duration.ofSeconds(2));

    public StdioSettings {
        new Rules()
                .between("children", children, 1, 64)
                .atLeast("stopGrace", stopGrace, Duration.ZERO)
                .enforce();
    }
}
