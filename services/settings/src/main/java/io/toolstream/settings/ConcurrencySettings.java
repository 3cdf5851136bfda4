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
 * @param background what calls that nobody waits for are left at least, in percent of the limit, however many interactive ones
 *     there are; 100: nothing is kept back from them
 */
public record ConcurrencySettings(int initial, int least, int most, int waiting, Duration waitLimit, int background) {
    private static final int BACKGROUND = 25;
    private static final int PERCENT = 100;

    static final ConcurrencySettings LOCAL = of(10, 2, 100, 500);

    /** Near servers that share a worker with remote ones. */
    static final ConcurrencySettings SHARING = of(8, 2, 100, 500);

    static final ConcurrencySettings CLOUD = of(5, 1, 50, 250);

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
                .between("background", background, 0, PERCENT)
                .enforce();
    }

    private static ConcurrencySettings of(int initial, int least, int most, int waiting) {
        return new ConcurrencySettings(initial, least, most, waiting, Duration.ofSeconds(5), BACKGROUND);
    }
}
