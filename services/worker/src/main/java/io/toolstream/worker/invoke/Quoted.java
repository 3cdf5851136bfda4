package io.toolstream.worker.invoke;

/** Text of a caller as it may stand in messages and logs: quoted, cut, everything but plain characters escaped. */
public final class Quoted {
    private static final int MOST_CHARS = 80;

    private Quoted() {}

    public static String of(String text) {
        StringBuilder quoted = new StringBuilder(Math.min(text.length(), MOST_CHARS) + 2).append('"');
        text.codePoints().limit(MOST_CHARS).forEach(point -> append(quoted, point));
        return quoted.append(text.length() > MOST_CHARS ? "…\"" : "\"").toString();
    }

    private static void append(StringBuilder quoted, int point) {
        if (isPlain(point)) {
            quoted.appendCodePoint(point);
        } else {
            quoted.append(String.format("\\u%04x", point));
        }
    }

    private static boolean isPlain(int point) {
        boolean isAscii = point >= ' ' && point < 127 && point != '"' && point != '\\';
        return isAscii || Character.isLetterOrDigit(point);
    }
}
