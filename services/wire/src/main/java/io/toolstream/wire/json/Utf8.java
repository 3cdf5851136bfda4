package io.toolstream.wire.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Well-formedness of UTF-8 (Unicode 16, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
    private Utf8() {}

    /** The bytes as text, or null where they are not UTF-8. */
    public static @Nullable String text(byte[] bytes) {
        return firstMalformed(JsonSpan.of(bytes)) < 0 ? new String(bytes, StandardCharsets.UTF_8) : null;
    }

    /** The index within the span of the first byte that begins no well-formed character, or -1. */
    public static int firstMalformed(JsonSpan span) {
        byte[] bytes = span.array();
        int i = span.offset();
        int end = span.end();
        while (i < end) {
            if (bytes[i] >= 0) {
                i++;
                continue;
            }
            int length = sequenceLength(bytes, i, end);
            if (length == 0) {
                return i - span.offset();
            }
            i += length;
        }
        return -1;
    }

    /** The length of the well-formed multi-byte sequence at {@code i}, or 0. */
    private static int sequenceLength(byte[] bytes, int i, int end) {
        int lead = bytes[i] & 0xFF;
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (i + length > end || !isSecond(lead, bytes[i + 1] & 0xFF)) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static boolean isSecond(int lead, int second) {
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        return second >= lowest && second <= highest;
    }
}
