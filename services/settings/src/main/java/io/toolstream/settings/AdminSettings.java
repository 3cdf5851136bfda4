package io.toolstream.settings;

import java.time.Duration;

/**
 * The endpoint for probes and metrics. It has no authentication: keep it on loopback or inside a private network.
 *
 * @param port 0 for any free one
 * @param drainDelay how long a process that was asked to stop says that it is not ready before it begins to
 */
public record AdminSettings(boolean enabled, String host, int port, Duration drainDelay) {
    public static final AdminSettings DEFAULT = new AdminSettings(true, "127.0.0.1", 0);

    /** One that stops at once. */
    public AdminSettings(boolean enabled, String host, int port) {
        this(enabled, host, port, Duration.ZERO);
    }

    public AdminSettings {
        new Rules()
                .notBlank("host", host)
                .between("port", port, 0, 65_535)
                .atLeast("drainDelay", drainDelay, Duration.ZERO)
                .enforce();
    }
}
