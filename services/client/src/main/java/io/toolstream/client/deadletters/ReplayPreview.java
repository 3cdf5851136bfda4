package io.toolstream.client.deadletters;

import java.util.List;
import java.util.Map;

/**
 * What a replay would do now.
 *
 * @param counts of the letters that are meant, by what becomes of them; what is not there is 0
 * @param groups of those that would be sent; their counts add up to {@link Verdict#SENT_AGAIN}
 * @param refused those counted as {@link Verdict#CANNOT_BE_SENT}, by topic
 */
public record ReplayPreview(Map<Verdict, Long> counts, List<LetterGroup> groups, List<Refused> refused) {
    public ReplayPreview {
        counts = Map.copyOf(counts);
        groups = List.copyOf(groups);
        refused = List.copyOf(refused);
    }

    /** How many letters this becomes of. */
    public long count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0L);
    }

    /** How many letters are meant at all. */
    public long meant() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
