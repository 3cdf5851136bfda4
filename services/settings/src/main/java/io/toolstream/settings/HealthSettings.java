package io.toolstream.settings;

import java.time.Duration;

/**
 * How tool servers are probed.
 *
 * @param interval between probes of a server that is well
 * @param suspectInterval between probes of one that is not
 */
public record HealthSettings(Duration timeout, Duration interval, Duration suspectInterval) {
    static final HealthSettings LOCAL =
            new HealthSettings(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(1));
    static final HealthSettings CLOUD =
            new HealthSettings(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(5));

    public HealthSettings {
        new Rules()
                .atLeast("timeout", timeout, Duration.ofMillis(1))
                .atLeast("interval", interval, Duration.ofMillis(10))
                .atLeast("suspectInterval", suspectInterval, Duration.ofMillis(10))
                .notLonger("suspectInterval", suspectInterval, "interval", interval)
                .enforce();
    }
}
