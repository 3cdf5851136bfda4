package io.toolstream.mcp.json;

import io.toolstream.mcp.JsonSlice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Growing UTF-8 bytes of one JSON text under construction. One thread. The caller places commas and brackets. */
public final class JsonBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    public JsonBuffer(int expectedBytes) {
        this.bytes = new byte[expectedBytes];
    }

    /** Appends ASCII as it is. */
    public JsonBuffer raw(String ascii) {
        room(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    /** Appends a value as it is. */
    public JsonBuffer value(JsonSlice value) {
        room(value.length());
        System.arraycopy(value.array(), value.offset(), bytes, length, value.length());
        length += value.length();
        return this;
    }

    public JsonBuffer number(long value) {
        return raw(Long.toString(value));
    }

    /** Appends a text in quotes, escaped. */
    public JsonBuffer text(String text) {
        room(text.length() + 2);
        bytes[length++] = '"';
        int done = plain(text);
        if (done < text.length()) {
            escaped(text.substring(done));
        }
        room(1);
        bytes[length++] = '"';
        return this;
    }

    /** Appends a member name, which is ASCII, and its colon. */
    public JsonBuffer name(String ascii) {
        return raw("\"").raw(ascii).raw("\":");
    }

    public byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Appends the part of a text that needs no escapes and is ASCII; returns its length. */
    private int plain(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return i;
            }
            bytes[length++] = (byte) c;
            i++;
        }
        return i;
    }

    private void escaped(String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            room(6);
            if (b == '"' || b == '\\') {
                bytes[length++] = '\\';
                bytes[length++] = b;
            } else if (b >= 0 && b < ' ') {
                control(b);
            } else {
                bytes[length++] = b;
            }
        }
    }

    private void control(byte b) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = HEX[b >> 4];
        bytes[length++] = HEX[b & 0xF];
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
