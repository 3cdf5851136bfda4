package io.toolstream.settings;

import java.time.Duration;

/**
 * What a call may cost, before anything is executed.
 *
 * @param callBytes value of a call's record
 * @param resultBytes answer of a tool server
 * @param depth nesting of JSON
 * @param numberChars length of one number in JSON
 * @param headerBytes keys and values of all headers of a record
 * @param defaultDeadline for calls that name none, from the record's timestamp
 * @param maxDeadline the farthest deadline a call may name, a day at most
 */
public record LimitSettings(
        int callBytes,
        int resultBytes,
        int depth,
        int numberChars,
        int headerCount,
        int headerBytes,
        Duration defaultDeadline,
        Duration maxDeadline) {
    /** Topics take 2 MiB, headers and the frame of a reply included. */
    private static final int MOST_BYTES = 2_000_000;

    /** The topic of parked calls and the ledger keep what they hold for twice as long. */
    private static final Duration LONGEST = Duration.ofDays(1);

    public static final LimitSettings DEFAULT =
            new LimitSettings(1 << 20, 1 << 20, 64, 1_000, 100, 64 << 10, Duration.ofMinutes(5), Duration.ofDays(1));

    public LimitSettings {
        new Rules()
                .between("callBytes", callBytes, 1_024, MOST_BYTES)
                .between("resultBytes", resultBytes, 1_024, MOST_BYTES)
                .between("depth", depth, 8, 500)
                .between("numberChars", numberChars, 20, 10_000)
                .between("headerCount", headerCount, 16, 10_000)
                .between("headerBytes", headerBytes, 1_024, 1 << 20)
                .atLeast("defaultDeadline", defaultDeadline, Duration.ofMillis(1))
                .notLonger("defaultDeadline", defaultDeadline, "maxDeadline", maxDeadline)
                .notLonger("maxDeadline", maxDeadline, "what topics keep", LONGEST)
                .enforce();
    }
}
