package io.toolstream.bench.load;

import java.time.Duration;

/** A stretch of load: so many calls at least, and for so long at least. */
public record Extent(long calls, Duration time) {
    public Extent {
        if (calls < 0 || time.isNegative()) {
            throw new IllegalArgumentException("an extent cannot be negative");
        }
    }

    boolean isReached(long callsSoFar, long elapsedNanos) {
        return callsSoFar >= calls && elapsedNanos >= time.toNanos();
    }
}
