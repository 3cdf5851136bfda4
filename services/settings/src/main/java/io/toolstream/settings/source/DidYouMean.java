package io.toolstream.settings.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name closest to an unknown one, if any is close: by edit distance, case and separators apart. */
public final class DidYouMean {
    private static final int LONGEST = 200;

    private DidYouMean() {}

    /** Of names equally close the first in order. */
    public static Optional<String> among(Collection<String> known, String unknown) {
        if (unknown.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = squashed(unknown);
        int most = Math.max(1, wanted.length() / 3);
        return known.stream()
                .filter(name -> Math.abs(squashed(name).length() - wanted.length()) <= most)
                .filter(name -> distance(squashed(name), wanted) <= most)
                .min(Comparator.comparingInt((String name) -> distance(squashed(name), wanted))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code ", did you mean x?"} or nothing: to be appended to a message. */
    public static String hint(Collection<String> known, String unknown) {
        return among(known, unknown).map(name -> ", did you mean " + name + "?").orElse("");
    }

    private static String squashed(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }

    /** Damerau-Levenshtein distance, optimal string alignment: inserting, deleting, replacing, swapping neighbours. */
    static int distance(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int cost = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (isSwap(one, i, other, j)) {
                    current[j] = Math.min(current[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = current;
        }
        return last[other.length()];
    }

    private static boolean isSwap(String one, int i, String other, int j) {
        return i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
    }
}
