package io.toolstream.wire;

import org.jspecify.annotations.Nullable;

/** What a text of ours may be: its length in characters (code points), and whether control characters may stand in it. */
enum TextRule {
    /** Ids of calls and batches. */
    ID(128, false),
    /** Names of servers, tools and tenants. */
    NAME(256, false),
    /** Idempotency and ordering keys. */
    KEY(256, false),
    /** Ids that are other people's, and carried only. */
    OPAQUE(512, true);

    private final int maxChars;
    private final boolean isAnyChar;

    TextRule(int maxChars, boolean isAnyChar) {
        this.maxChars = maxChars;
        this.isAnyChar = isAnyChar;
    }

    /** How the text breaks the rule, to follow its name in a sentence, or null. */
    @Nullable
    String broken(String text) {
        int chars = text.codePointCount(0, text.length());
        if (chars == 0 || chars > maxChars) {
            return "has " + chars + " characters, expected 1 to " + maxChars;
        }
        return isAnyChar || !hasControl(text) ? null : "contains control characters, expected none";
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
