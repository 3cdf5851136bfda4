package io.toolstream.wire.json;

/** Foreign text made fit for a message or a log line: bounded, and nothing in it that could break or fake a line. */
public final class Quoted {
    private static final int MAX_CHARS = 80;

    private Quoted() {}

    /** In double quotes, at most 80 characters of it, everything but printable characters as {@code \}{@code uXXXX}. */
    public static String of(String text) {
        return '"' + shortened(text) + '"';
    }

    /** The same without the quotes. */
    public static String shortened(String text) {
        return isFit(text) ? text : shortenedCopy(text);
    }

    private static boolean isFit(String text) {
        boolean isFit = text.length() <= MAX_CHARS;
        for (int i = 0; isFit && i < text.length(); i++) {
            isFit = isPrintable(text.charAt(i));
        }
        return isFit;
    }

    private static String shortenedCopy(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_CHARS) + 8);
        int i = 0;
        while (i < text.length() && i < MAX_CHARS) {
            int point = text.codePointAt(i);
            if (isPrintable(point)) {
                out.appendCodePoint(point);
            } else {
                out.append(String.format("\\u%04x", point));
            }
            i += Character.charCount(point);
        }
        return i < text.length() ? out.append('…').toString() : out.toString();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
