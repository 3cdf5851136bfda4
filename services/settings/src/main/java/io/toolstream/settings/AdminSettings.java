package io.toolstream.settings;

/**
 * The endpoint for probes and metrics. It has no authentication: keep it on loopback or inside a private network.
 *
 * @param port 0 for any free one
 */
public record AdminSettings(boolean enabled, String host, int port) {
    public static final AdminSettings DEFAULT = new AdminSettings(true, "127.0.0.1", 0);

    public AdminSettings {
        new Rules().notBlank("host", host).between("port", port, 0, 65_535).enforce();
    }
}
