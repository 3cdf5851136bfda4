package io.toolstream.settings;

import java.time.Duration;

/**
 * How often, and when, a call is tried again.
 *
 * @param attempts in all, the first one counted; 1: never again
 * @param initialDelay before the second attempt
 * @param maxDelay before any attempt
 * @param multiplier of the delay from each attempt to the next, in percent: 200 doubles it
 * @param budget attempts beyond the first, in percent of all first attempts on a server
 * @param budgetMinimum such attempts allowed per second whatever the traffic
 */
public record RetrySettings(
        int attempts,
        Duration initialDelay,
        Duration maxDelay,
        int multiplier,
        Jitter jitter,
        int budget,
        int budgetMinimum) {
    static final RetrySettings LOCAL =
            new RetrySettings(2, Duration.ofMillis(50), Duration.ofSeconds(1), 200, Jitter.NONE, 10, 3);
    static final RetrySettings CLOUD =
            new RetrySettings(5, Duration.ofMillis(500), Duration.ofSeconds(10), 200, Jitter.FULL, 50, 3);

    public static final RetrySettings DEFAULT = LOCAL;

    public RetrySettings {
        new Rules()
                .between("attempts", attempts, 1, 100)
                .atLeast("initialDelay", initialDelay, Duration.ZERO)
                .atLeast("maxDelay", maxDelay, Duration.ZERO)
                .notLonger("initialDelay", initialDelay, "maxDelay", maxDelay)
                .between("multiplier", multiplier, 100, 10_000)
                .between("budget", budget, 0, 1_000)
                .between("budgetMinimum", budgetMinimum, 0, 10_000)
                .enforce();
    }
}
