package io.toolstream.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reply that closes a {@code {"calls"}} record, after one reply for each member.
 *
 * @param id of the batch, as {@code batch.id} of each member's reply says it
 * @param correlationId the record's own, as text (see {@link CorrelationIds})
 * @param counts how many members ended with which status; their sum is the number of members
 */
public record BatchReply(
        String id,
        String correlationId,
        int size,
        Map<Status, Integer> counts,
        @Nullable String tenant) {
    public BatchReply {
        counts = Map.copyOf(counts);
    }
}
