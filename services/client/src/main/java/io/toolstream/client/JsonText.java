package io.toolstream.client;

import io.toolstream.wire.RawJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain Java values as JSON: null, text, booleans, numbers, maps, iterables and ready-made {@link RawJson}.
 * Anything else is a bug of the caller and an {@link IllegalArgumentException} that names the class.
 */
public final class JsonText {
    private static final int MAX_DEPTH = 64;

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    /** The value as JSON, without whitespace; members in the order of their map. */
    public static RawJson of(@Nullable Object value) {
        JsonText json = new JsonText();
        json.append(value, 0);
        return RawJson.ofText(json.text.toString());
    }

    private void append(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
        }
        if (value == null || value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof CharSequence chars) {
            appendText(chars);
        } else if (value instanceof Number number) {
            appendNumber(number);
        } else if (value instanceof RawJson raw) {
            text.append(raw.text());
        } else if (value instanceof Map<?, ?> map) {
            appendObject(map, depth);
        } else if (value instanceof Iterable<?> items) {
            appendArray(items, depth);
        } else {
            throw new IllegalArgumentException(
                    "no JSON for a " + value.getClass().getName()
                            + ": expected null, text, a boolean, a number, a Map, an Iterable or RawJson");
        }
    }

    private void appendNumber(Number number) {
        if (!Double.isFinite(number.doubleValue()) && (number instanceof Double || number instanceof Float)) {
            throw new IllegalArgumentException("JSON has no " + number);
        }
        text.append(number);
    }

    private void appendObject(Map<?, ?> map, int depth) {
        char separator = '{';
        for (Map.Entry<?, ?> member : map.entrySet()) {
            text.append(separator);
            appendText(String.valueOf(member.getKey()));
            text.append(':');
            append(member.getValue(), depth + 1);
            separator = ',';
        }
        text.append(separator == '{' ? "{}" : "}");
    }

    private void appendArray(Iterable<?> items, int depth) {
        char separator = '[';
        for (Object item : items) {
            text.append(separator);
            append(item, depth + 1);
            separator = ',';
        }
        text.append(separator == '[' ? "[]" : "]");
    }

    private void appendText(CharSequence chars) {
        text.append('"');
        for (int i = 0; i < chars.length(); i++) {
            char c = chars.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < 0x20 || isLoneSurrogate(chars, i)) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    /** Half a character has no UTF-8 form: it is written as an escape rather than silently as a question mark. */
    private static boolean isLoneSurrogate(CharSequence chars, int i) {
        char c = chars.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == chars.length() || !Character.isLowSurrogate(chars.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(chars.charAt(i - 1)));
    }
}
