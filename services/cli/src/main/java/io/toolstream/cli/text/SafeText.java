package io.toolstream.cli.text;

/**
 * Makes text of others fit for a terminal: control characters, which could move the cursor, change the title or hide
 * text, become visible escapes, and so do the characters that turn the direction of writing. Line breaks and tabs stay.
 */
public final class SafeText {
    private SafeText() {}

    public static String of(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(safe, point));
        return safe.toString();
    }

    /** The same on one line. */
    public static String line(String text) {
        return of(text.strip().replaceAll("\\s+", " "));
    }

    private static void append(StringBuilder safe, int point) {
        if (point == '\n' || point == '\t' || !isDangerous(point)) {
            safe.appendCodePoint(point);
        } else if (point == 0x1b) {
            safe.append("\\e");
        } else {
            safe.append(String.format(point < 0x100 ? "\\x%02x" : "\\u%04x", point));
        }
    }

    private static boolean isDangerous(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                !isJoiner(point);
            case Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** Zero-width joiners, which make up emoji and some scripts, harm nothing; nor does a soft hyphen. */
    private static boolean isJoiner(int point) {
        return point == 0x200c || point == 0x200d || point == 0xad;
    }
}
