package io.toolstream.bench.load;

import org.jspecify.annotations.Nullable;

/**
 * Calls that were not answered rightly.
 *
 * @param wrong answered with something else than was asked
 * @param failed answered with an error, or not begun
 * @param lost not answered at all
 * @param first what the first of them said
 */
public record Failures(
        long wrong, long failed, long lost, @Nullable String first) {
    public long total() {
        return wrong + failed + lost;
    }
}
