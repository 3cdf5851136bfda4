package io.toolstream.wire.json;

/** Finds half surrogate pairs written as {@code \}{@code uXXXX}: they stand for no character, so UTF-8 cannot hold them. */
public final class SurrogateEscapes {
    private static final int ESCAPE_LENGTH = 6;

    private SurrogateEscapes() {}

    /** The index within the span of the first escape of a lone surrogate, or -1. The text may be malformed otherwise. */
    public static int firstLone(JsonSpan span) {
        byte[] bytes = span.array();
        int end = span.end();
        for (int i = span.offset(); i < end; i++) {
            if (bytes[i] != '\\') {
                continue;
            }
            int unit = unitAt(bytes, i, end);
            if (unit < 0 || !Character.isSurrogate((char) unit)) {
                i++; // the escaped character is not the beginning of another escape
                continue;
            }
            int next = unitAt(bytes, i + ESCAPE_LENGTH, end);
            if (Character.isLowSurrogate((char) unit) || next < 0 || !Character.isLowSurrogate((char) next)) {
                return i - span.offset();
            }
            i += 2 * ESCAPE_LENGTH - 1;
        }
        return -1;
    }

    /** The UTF-16 unit of the escape at {@code i}, or -1 where none stands. */
    private static int unitAt(byte[] bytes, int i, int end) {
        if (i + ESCAPE_LENGTH > end || bytes[i] != '\\' || bytes[i + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int k = 2; k < ESCAPE_LENGTH; k++) {
            int digit = Character.digit(bytes[i + k], 16);
            if (digit < 0) {
                return -1;
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }
}
