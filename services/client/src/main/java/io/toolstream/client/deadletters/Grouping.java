package io.toolstream.client.deadletters;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts dead letters by cause; as large as there are causes, of which it keeps a bounded number apart. */
final class Grouping {
    /** Letters of further causes are counted together. */
    static final int MOST_CAUSES = 10_000;

    private static final String FURTHER = "further";
    private static final int MOST_TOOLS = 100;

    private final Map<String, Tally> byFingerprint = new HashMap<>();

    void add(KeptLetter letter) {
        String fingerprint = letter.fingerprint();
        boolean isApart = byFingerprint.containsKey(fingerprint) || byFingerprint.size() < MOST_CAUSES;
        byFingerprint
                .computeIfAbsent(isApart ? fingerprint : FURTHER, unused -> new Tally(letter))
                .add(letter);
    }

    /** The largest first. */
    List<LetterGroup> groups() {
        return byFingerprint.entrySet().stream()
                .map(entry -> entry.getValue().group(entry.getKey()))
                .sorted(Comparator.comparingLong(LetterGroup::count)
                        .reversed()
                        .thenComparing(LetterGroup::firstMillis)
                        .thenComparing(LetterGroup::fingerprint))
                .toList();
    }

    /** What is known of one cause so far. */
    private static final class Tally {
        private KeptLetter first;
        private final Map<String, Long> tools = new TreeMap<>();
        private long count;
        private long lastMillis;

        Tally(KeptLetter first) {
            this.first = first;
        }

        void add(KeptLetter letter) {
            count++;
            first = letter.failedAtMillis() < first.failedAtMillis() ? letter : first;
            lastMillis = Math.max(lastMillis, letter.failedAtMillis());
            String tool = letter.tool() == null ? "?" : letter.tool();
            tools.merge(tools.containsKey(tool) || tools.size() < MOST_TOOLS ? tool : "…", 1L, Long::sum);
        }

        LetterGroup group(String fingerprint) {
            return new LetterGroup(
                    fingerprint,
                    first.letter().code(),
                    first.server(),
                    first.letter().message(),
                    count,
                    first.failedAtMillis(),
                    lastMillis,
                    tools);
        }
    }
}
