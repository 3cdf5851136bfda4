package io.toolstream.wire;

import java.time.Duration;

/**
 * What a record may be at most; anything beyond is refused, never truncated.
 *
 * @param callBytes of a record's value on the calls topic
 * @param resultBytes of a tool's result inside a reply
 * @param depth of nesting of objects and arrays in a call
 * @param numberChars of one number in a call, as written
 * @param headerCount of a record
 * @param headerBytes of all header names and values of a record together
 * @param defaultDeadline from the record's timestamp, for a call that names no deadline
 * @param maxDeadline from the record's timestamp
 */
public record WireLimits(
        int callBytes,
        int resultBytes,
        int depth,
        int numberChars,
        int headerCount,
        int headerBytes,
        Duration defaultDeadline,
        Duration maxDeadline) {
    public static final WireLimits DEFAULT =
            new WireLimits(1 << 20, 1 << 20, 64, 1_000, 64, 32 << 10, Duration.ofMinutes(5), Duration.ofHours(24));

    public WireLimits {
        positive("callBytes", callBytes);
        positive("resultBytes", resultBytes);
        positive("depth", depth);
        positive("numberChars", numberChars);
        positive("headerCount", headerCount);
        positive("headerBytes", headerBytes);
        if (defaultDeadline.compareTo(Duration.ofMillis(1)) < 0 || defaultDeadline.compareTo(maxDeadline) > 0) {
            throw new IllegalArgumentException(
                    "defaultDeadline " + defaultDeadline + ": 1 ms to maxDeadline (" + maxDeadline + ") expected");
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + ": at least 1 expected");
        }
    }
}
