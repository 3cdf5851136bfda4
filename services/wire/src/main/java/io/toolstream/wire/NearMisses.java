package io.toolstream.wire;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds names that were surely meant to be one of ours. Ignoring such a name would silently switch off what it asks for,
 * so these are refused where other unknown names are ignored. A name is near when it has the same letters as one of ours
 * but for case and separators, or is one edit away from one that protects.
 */
final class NearMisses {
    /** Names whose loss makes a call run twice, out of order, too late or for the wrong tenant. */
    private static final List<String> PROTECTIVE =
            List.of("idempotencykey", "orderingkey", "deadline", "timeoutms", "tenant");

    private static final int MAX_CHARS = 40;

    private final Map<String, String> nameByLetters = new HashMap<>();

    NearMisses(Collection<String> names) {
        names.forEach(name -> nameByLetters.put(letters(name), name));
    }

    /** The same, and these letters too mean this name. */
    NearMisses also(String letters, String name) {
        nameByLetters.put(letters, name);
        return this;
    }

    /** The name of ours that an unknown name is near to, or null. */
    @Nullable
    String nearest(String unknown) {
        if (unknown.length() > MAX_CHARS) {
            return null;
        }
        String letters = letters(unknown);
        String sameLetters = nameByLetters.get(letters);
        return sameLetters != null ? sameLetters : nearestProtective(letters);
    }

    private @Nullable String nearestProtective(String letters) {
        for (String protective : PROTECTIVE) {
            String name = nameByLetters.get(protective);
            if (name != null && isOneEditAway(letters, protective)) {
                return name;
            }
        }
        return null;
    }

    private static String letters(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            if ("-_. ".indexOf(name.charAt(i)) < 0) {
                letters.append(name.charAt(i));
            }
        }
        return letters.toString().toLowerCase(Locale.ROOT);
    }

    /** One letter too many, too few or another, or two neighbours swapped. */
    private static boolean isOneEditAway(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 1) {
            return false;
        }
        int start = 0;
        int shorter = Math.min(a.length(), b.length());
        while (start < shorter && a.charAt(start) == b.charAt(start)) {
            start++;
        }
        String restA = a.substring(start);
        String restB = b.substring(start);
        return isReplaced(restA, restB)
                || restA.equals(skip(restB, 1))
                || restB.equals(skip(restA, 1))
                || isSwapped(restA, restB);
    }

    private static boolean isReplaced(String a, String b) {
        return a.length() == b.length() && skip(a, 1).equals(skip(b, 1));
    }

    private static boolean isSwapped(String a, String b) {
        return a.length() >= 2
                && b.length() >= 2
                && a.charAt(0) == b.charAt(1)
                && a.charAt(1) == b.charAt(0)
                && a.substring(2).equals(b.substring(2));
    }

    private static String skip(String text, int chars) {
        return text.substring(Math.min(chars, text.length()));
    }
}
