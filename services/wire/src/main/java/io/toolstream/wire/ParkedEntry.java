package io.toolstream.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One record of the parked topic. Internal: this layout may change. */
public sealed interface ParkedEntry {
    /**
     * A call that waits, because its tool server could not take it; or a record of several, for those of its members that do.
     *
     * @param id of the call, or of the batch
     * @param wanted of a record of several: by the first member that waits
     * @param dueMillis epoch ms from which on it is tried again
     * @param deadlineMillis epoch ms of the call's own deadline, or of the first that a waiting member has
     * @param code the text of the {@link ErrorCode} that made it wait
     * @param times how often it has waited, this time included
     * @param sentMillis epoch ms at which its caller sent it
     * @param members set for a record of several calls
     */
    record Waiting(
            String id,
            Wanted wanted,
            long dueMillis,
            long deadlineMillis,
            String code,
            int times,
            long sentMillis,
            @Nullable WaitingMembers members)
            implements ParkedEntry {
        /** A single call. */
        public Waiting(
                String id,
                Wanted wanted,
                long dueMillis,
                long deadlineMillis,
                String code,
                int times,
                long sentMillis) {
            this(id, wanted, dueMillis, deadlineMillis, code, times, sentMillis, null);
        }

        /** How many calls wait. */
        public int calls() {
            return members == null ? 1 : members.rest().left().size();
        }

        /** The servers that are waited for; any of them is reason to come back. */
        public List<String> servers() {
            return members == null ? List.of(wanted.server()) : members.servers();
        }
    }

    /**
     * Of a record of several calls, those that wait.
     *
     * @param name what the ids of members without one are made of
     * @param servers sorted, each once
     */
    record WaitingMembers(String name, List<String> servers, BatchRest rest) {
        public WaitingMembers {
            servers = List.copyOf(servers);
        }
    }

    /** Which tool a waiting call is for, and whose call it is. */
    record Wanted(String server, String tool, @Nullable String tenant) {}

    /**
     * A call parked by a newer version, which this one must not act upon: workers that know it bring it back. At its deadline it
     * is answered by whoever has the partition.
     *
     * @param version of its layout
     * @param deadlineMillis epoch ms
     * @param waiting what this version makes of it, enough to answer it; null where nothing can be made of it
     */
    record Newer(
            long version, long deadlineMillis, @Nullable Waiting waiting) implements ParkedEntry {}

    /** The call at this offset of the partition stands on the calls topic again. */
    record Returned(long offset) implements ParkedEntry {}

    /** From here on this worker brings the partition's calls back, and no other. */
    record Opened(String worker) implements ParkedEntry {}
}
