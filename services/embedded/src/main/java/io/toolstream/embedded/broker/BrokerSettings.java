package io.toolstream.embedded.broker;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the in-process broker is run.
 *
 * @param dataDirectory kept and reused when given; otherwise a temporary one that is deleted on close
 * @param port the wanted port on 127.0.0.1; 0 means any, and any is taken when the wanted one is busy
 * @param startTimeout after which a start gives up
 * @param closeTimeout after which a close no longer waits and interrupts what is left
 */
public record BrokerSettings(@Nullable Path dataDirectory, int port, Duration startTimeout, Duration closeTimeout) {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    public BrokerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, not " + port);
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("startTimeout must be positive, not " + startTimeout);
        }
        if (closeTimeout.isNegative() || closeTimeout.isZero()) {
            throw new IllegalArgumentException("closeTimeout must be positive, not " + closeTimeout);
        }
    }

    /** Any port, and a directory that goes away on close. */
    public static BrokerSettings temporary() {
        return new BrokerSettings(null, 0, START_TIMEOUT, CLOSE_TIMEOUT);
    }

    /** Any port, and a directory whose topics, records and offsets survive a restart. */
    public static BrokerSettings at(Path dataDirectory) {
        return new BrokerSettings(dataDirectory, 0, START_TIMEOUT, CLOSE_TIMEOUT);
    }

    public BrokerSettings withPort(int wanted) {
        return new BrokerSettings(dataDirectory, wanted, startTimeout, closeTimeout);
    }
}
