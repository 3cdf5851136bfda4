package io.toolstream.settings;

import java.time.Duration;

/**
 * How many calls one tool server is given at the same time. The limit follows the server's latency between two bounds.
 *
 * @param initial where the limit starts
 * @param least the limit never falls lower
 * @param most the limit never rises higher
 * @param waiting calls of one server waiting for a permit, at most, and no more than the server's share of what the worker has in
 *     flight; more are refused, or parked, and so is at once who could not be served in time
 * @param waitLimit how long one call waits, at most
 */
public record ConcurrencySettings(int initial, int least, int most, int waiting, Duration waitLimit) {
    static final ConcurrencySettings LOCAL = new ConcurrencySettings(10, 2, 100, 500, Duration.ofSeconds(5));

    /** Near servers that share a worker with remote ones. */
    static final ConcurrencySettings SHARING = new ConcurrencySettings(8, 2, 100, 500, Duration.ofSeconds(5));

    static final ConcurrencySettings CLOUD = new ConcurrencySettings(5, 1, 50, 250, Duration.ofSeconds(5));

    public static final ConcurrencySettings DEFAULT = LOCAL;

    public ConcurrencySettings {
        new Rules()
                .between("least", least, 1, 100_000)
                .between("initial", initial, 1, 100_000)
                .between("most", most, 1, 100_000)
                .check(
                        least <= initial && initial <= most,
                        "initial",
                        "must be from least (" + least + ") to most (" + most + "), is " + initial)
                .between("waiting", waiting, 0, 100_000)
                .atLeast("waitLimit", waitLimit, Duration.ZERO)
                .enforce();
    }
}
