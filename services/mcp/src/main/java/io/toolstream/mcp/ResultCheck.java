package io.toolstream.mcp;

import org.jspecify.annotations.Nullable;

/**
 * Says whether a tool's result is what its {@code outputSchema} promises. This library validates nothing itself: whoever
 * has a validator puts it here. Asked on an I/O thread for every result that is complete and no error, so it must be quick;
 * it neither blocks nor throws.
 */
@FunctionalInterface
public interface ResultCheck {
    /** Takes results as they come. */
    ResultCheck NONE = (server, tool, result) -> null;

    /**
     * What is wrong with a result.
     *
     * @param problem in few words, and none of the result's own
     * @param isFailure whether the call fails with it; otherwise it is counted, and the result given as it came
     */
    record Finding(String problem, boolean isFailure) {}

    /** @return null if nothing is wrong */
    @Nullable
    Finding look(String server, String tool, JsonSlice result);
}
