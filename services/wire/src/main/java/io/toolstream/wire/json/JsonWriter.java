package io.toolstream.wire.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes compact JSON as UTF-8 into a growing array; foreign JSON is copied in as it is. Belongs to one thread, and
 * trusts its caller to open and close in order.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);
    private static final int LONGEST_CHAR = 6;
    private static final int LONGEST_NUMBER = 20;

    private byte[] out;
    private int size;
    private boolean isFirst = true;

    /** A writer whose array begins with room for this many bytes. */
    public JsonWriter(int expectedBytes) {
        out = new byte[Math.max(64, expectedBytes)];
    }

    public JsonWriter beginObject() {
        return open('{');
    }

    public JsonWriter endObject() {
        return close('}');
    }

    public JsonWriter beginArray() {
        return open('[');
    }

    public JsonWriter endArray() {
        return close(']');
    }

    private JsonWriter open(char bracket) {
        separate();
        put(bracket);
        isFirst = true;
        return this;
    }

    private JsonWriter close(char bracket) {
        put(bracket);
        isFirst = false;
        return this;
    }

    public JsonWriter name(String name) {
        string(name);
        put(':');
        isFirst = true;
        return this;
    }

    public JsonWriter number(long number) {
        separate();
        // Below zero every number has its counterpart; above it, the least one has none.
        long negative = number < 0 ? number : -number;
        reserve(LONGEST_NUMBER);
        if (number < 0) {
            out[size++] = '-';
        }
        size += digits(negative);
        int at = size;
        long rest = negative;
        do {
            out[--at] = (byte) ('0' - rest % 10);
            rest /= 10;
        } while (rest != 0);
        return this;
    }

    private static int digits(long negative) {
        int digits = 1;
        for (long rest = negative / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    public JsonWriter bool(boolean value) {
        return literal(value ? "true" : "false");
    }

    /** A number or literal as it is to stand there. */
    JsonWriter literal(String ascii) {
        separate();
        ascii(ascii);
        return this;
    }

    /** One JSON value, copied as it is. */
    public JsonWriter raw(byte[] json, int offset, int length) {
        separate();
        reserve(length);
        System.arraycopy(json, offset, out, size, length);
        size += length;
        return this;
    }

    /** A string with the escapes JSON demands and no others; a half surrogate pair becomes U+FFFD. */
    public JsonWriter string(String text) {
        separate();
        put('"');
        for (int i = plain(text); i < text.length(); i++) {
            reserve(LONGEST_CHAR);
            char c = text.charAt(i);
            if (c < 0x80) {
                asciiChar(c);
            } else if (!Character.isSurrogate(c)) {
                wideChar(c);
            } else if (isPair(text, i)) {
                pair(text.codePointAt(i));
                i++;
            } else {
                bytes(REPLACEMENT);
            }
        }
        put('"');
        return this;
    }

    /** Copies what leads the text and stands for itself, which is nearly always all of it; returns its length. */
    private int plain(String text) {
        int length = text.length();
        reserve(length + 1);
        int i = 0;
        while (i < length && isPlain(text.charAt(i))) {
            out[size++] = (byte) text.charAt(i++);
        }
        return i;
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    private void asciiChar(char c) {
        if (c == '"' || c == '\\') {
            out[size++] = '\\';
            out[size++] = (byte) c;
        } else if (c >= 0x20) {
            out[size++] = (byte) c;
        } else {
            control(c);
        }
    }

    /** The two-character escapes, and {@code \}{@code u00XX} for the rest: the form RFC 8785 prescribes. */
    private void control(char c) {
        out[size++] = '\\';
        switch (c) {
            case '\b' -> out[size++] = 'b';
            case '\t' -> out[size++] = 't';
            case '\n' -> out[size++] = 'n';
            case '\f' -> out[size++] = 'f';
            case '\r' -> out[size++] = 'r';
            default -> {
                out[size++] = 'u';
                out[size++] = '0';
                out[size++] = '0';
                out[size++] = HEX[c >> 4];
                out[size++] = HEX[c & 0xF];
            }
        }
    }

    private void wideChar(char c) {
        if (c < 0x800) {
            out[size++] = (byte) (0xC0 | (c >> 6));
        } else {
            out[size++] = (byte) (0xE0 | (c >> 12));
            out[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        }
        out[size++] = (byte) (0x80 | (c & 0x3F));
    }

    private void pair(int point) {
        out[size++] = (byte) (0xF0 | (point >> 18));
        out[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        out[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        out[size++] = (byte) (0x80 | (point & 0x3F));
    }

    private void separate() {
        if (!isFirst) {
            put(',');
        }
        isFirst = false;
    }

    private void put(char ascii) {
        reserve(1);
        out[size++] = (byte) ascii;
    }

    private void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            out[size++] = (byte) text.charAt(i);
        }
    }

    private void bytes(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, out, size, bytes.length);
        size += bytes.length;
    }

    private void reserve(int bytes) {
        if (out.length - size < bytes) {
            out = Arrays.copyOf(out, Math.max(Math.addExact(size, bytes), out.length * 2));
        }
    }

    /** What has been written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(out, size);
    }
}
