package io.toolstream.client.deadletters;

import java.util.List;
import java.util.Map;

/**
 * What a replay would do now.
 *
 * @param counts of the letters that are meant, by what becomes of them
 * @param groups of those that would be sent
 */
public record ReplayPreview(Map<Verdict, Long> counts, List<LetterGroup> groups) {
    public ReplayPreview {
        counts = Map.copyOf(counts);
        groups = List.copyOf(groups);
    }

    public long count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0L);
    }
}
