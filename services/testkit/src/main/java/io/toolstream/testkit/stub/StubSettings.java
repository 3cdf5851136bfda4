package io.toolstream.testkit.stub;

import java.time.Duration;

/**
 * What the stub answers every {@code tools/call} with.
 *
 * @param delay before each answer, however many are waiting
 * @param resultBytes length of the text in the result
 */
public record StubSettings(Duration delay, int resultBytes) {
    public StubSettings {
        if (delay.isNegative() || resultBytes < 0) {
            throw new IllegalArgumentException("delay and resultBytes must not be negative");
        }
    }

    /** At once, two bytes. */
    public static StubSettings instant() {
        return new StubSettings(Duration.ZERO, 2);
    }

    public StubSettings withDelay(Duration other) {
        return new StubSettings(other, resultBytes);
    }

    public StubSettings withResultBytes(int other) {
        return new StubSettings(delay, other);
    }
}
