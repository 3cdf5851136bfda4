package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** One record of the parked topic. Internal: this layout may change. */
public sealed interface ParkedEntry {
    /**
     * A call that waits, because its tool server could not take it.
     *
     * @param dueMillis epoch ms from which on it is tried again
     * @param deadlineMillis epoch ms of the call's own deadline
     * @param code the text of the {@link ErrorCode} that made it wait
     * @param times how often it has waited, this time included
     * @param sentMillis epoch ms at which its caller sent it
     */
    record Waiting(
            String id, Wanted wanted, long dueMillis, long deadlineMillis, String code, int times, long sentMillis)
            implements ParkedEntry {}

    /** Which tool a waiting call is for, and whose call it is. */
    record Wanted(String server, String tool, @Nullable String tenant) {}

    /** The call at this offset of the partition stands on the calls topic again. */
    record Returned(long offset) implements ParkedEntry {}

    /** From here on this worker brings the partition's calls back, and no other. */
    record Opened(String worker) implements ParkedEntry {}
}
