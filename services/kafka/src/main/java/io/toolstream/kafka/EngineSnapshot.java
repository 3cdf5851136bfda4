package io.toolstream.kafka;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ConsumerEngine} is doing, at one moment.
 *
 * @param inFlight records handed to the handler and not completed
 * @param held records read and not yet handed over, for want of room
 * @param isPaused true while reading stands still because as much is in flight as the settings allow
 * @param handled records handed over since the start
 * @param skipped records read and not handed over because an earlier owner of their partition had done them
 * @param staleCompletions completions that came after their partition was revoked or lost: those records run again
 *     elsewhere
 * @param crashes partitions taken over, since the start, whose last owner had ended without a word
 * @param trouble what keeps the poll thread from reading, null while nothing does
 */
public record EngineSnapshot(
        int inFlight,
        long inFlightBytes,
        int held,
        boolean isPaused,
        long handled,
        long skipped,
        long staleCompletions,
        long crashes,
        long commits,
        long failedCommits,
        @Nullable String trouble,
        List<PartitionSnapshot> partitions) {
    public EngineSnapshot {
        partitions = List.copyOf(partitions);
    }
}
