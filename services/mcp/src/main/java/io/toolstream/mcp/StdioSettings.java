package io.toolstream.mcp;

import java.time.Duration;

/**
 * How children are supervised.
 *
 * @param startup from the start of a child until it has answered the handshake; {@code npx} may download first
 * @param stopGrace between closing stdin, SIGTERM and SIGKILL
 * @param maxInFlight requests under way in one child
 * @param outboundBytes requests waiting for a child to read its stdin
 */
public record StdioSettings(
        Duration startup,
        Duration stopGrace,
        int maxInFlight,
        int outboundBytes,
        Restarts restarts,
        Tolerance tolerance) {
    public static final StdioSettings DEFAULT = new StdioSettings(
            Duration.ofSeconds(60), Duration.ofSeconds(2), 256, 8 << 20, Restarts.DEFAULT, Tolerance.DEFAULT);

    public StdioSettings {
        Require.positive("startup", startup);
        Require.positive("stopGrace", stopGrace);
        Require.atLeast("maxInFlight", maxInFlight, 1);
        Require.atLeast("outboundBytes", outboundBytes, 1);
    }

    /**
     * When a child that ended is started again: at the next request, after a full-jitter back-off.
     *
     * @param firstDelay bound of the first back-off; doubled each time
     * @param maxDelay bound of every back-off
     * @param giveUpAfter that many ends within the window: not started again before the window has passed
     */
    public record Restarts(Duration firstDelay, Duration maxDelay, int giveUpAfter, Duration window) {
        public static final Restarts DEFAULT =
                new Restarts(Duration.ofMillis(200), Duration.ofSeconds(10), 5, Duration.ofSeconds(60));

        public Restarts {
            Require.positive("firstDelay", firstDelay);
            Require.positive("maxDelay", maxDelay);
            Require.atLeast("giveUpAfter", giveUpAfter, 1);
            Require.positive("window", window);
        }
    }

    /**
     * What a child may do before it is killed.
     *
     * @param garbageLines lines on stdout that are no messages
     * @param consecutiveTimeouts requests without an answer in time and none answered between
     * @param writeStall not reading its stdin
     */
    public record Tolerance(int garbageLines, int consecutiveTimeouts, Duration writeStall) {
        public static final Tolerance DEFAULT = new Tolerance(1000, 3, Duration.ofSeconds(10));

        public Tolerance {
            Require.atLeast("garbageLines", garbageLines, 0);
            Require.atLeast("consecutiveTimeouts", consecutiveTimeouts, 1);
            Require.positive("writeStall", writeStall);
        }
    }
}
