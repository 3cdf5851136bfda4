package io.toolstream.wire;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is left to do of a {@code {"calls"}} record: all of it at first; less when it comes back from where some of its members
 * waited.
 *
 * @param left indices of the members that have not ended, ascending; never empty
 * @param ended how many of the others ended with which status
 */
public record BatchRest(List<Integer> left, Map<Status, Integer> ended) {
    public BatchRest {
        left = List.copyOf(left);
        ended = Map.copyOf(ended);
    }

    /** Nothing has ended. */
    public static BatchRest all(int size) {
        return new BatchRest(IntStream.range(0, size).boxed().toList(), Map.of());
    }
}
