package io.toolstream.settings;

import java.time.Duration;

/**
 * The connections kept to one tool server.
 *
 * @param idle how long an unused connection above {@code minIdle} is kept
 * @param lifetime how long any connection is used
 * @param acquire how long a call waits for a connection to come free
 * @param maxWaiting calls waiting for a connection, at most
 */
public record PoolSettings(int max, int minIdle, Duration idle, Duration lifetime, Duration acquire, int maxWaiting) {
    static final PoolSettings LOCAL =
            new PoolSettings(10, 2, Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(5), 1_000);
    static final PoolSettings CLOUD =
            new PoolSettings(50, 5, Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofSeconds(5), 1_000);

    public PoolSettings {
        new Rules()
                .between("max", max, 1, 10_000)
                .check(minIdle >= 0 && minIdle <= max, "minIdle", "must be from 0 to max (" + max + "), is " + minIdle)
                .atLeast("idle", idle, Duration.ofMillis(1))
                .atLeast("lifetime", lifetime, Duration.ofMillis(1))
                .atLeast("acquire", acquire, Duration.ZERO)
                .between("maxWaiting", maxWaiting, 0, 1_000_000)
                .enforce();
    }
}
