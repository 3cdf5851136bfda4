package io.toolstream.settings;

import java.time.Duration;

/**
 * What our own commands use when they send calls.
 *
 * @param timeout for the answer to one call, where the command names none
 * @param maxInFlight calls sent and not yet answered, at most
 */
public record CallerSettings(Duration timeout, int maxInFlight) {
    public static final CallerSettings DEFAULT = new CallerSettings(Duration.ofSeconds(30), 1_000);

    public CallerSettings {
        new Rules()
                .atLeast("timeout", timeout, Duration.ofMillis(1))
                .between("maxInFlight", maxInFlight, 1, 1_000_000)
                .enforce();
    }
}
