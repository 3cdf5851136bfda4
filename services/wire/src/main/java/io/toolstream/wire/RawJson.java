package io.toolstream.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One JSON value as the UTF-8 bytes it came in: numbers, key order, whitespace and escapes untouched. Immutable; the
 * bytes given are not copied and must not be changed. Its {@link #toString()} tells the length only, since arguments
 * and results are never logged.
 */
public final class RawJson {
    public static final RawJson EMPTY_OBJECT = ofText("{}");

    private final byte[] bytes;
    private final int offset;
    private final int length;

    private RawJson(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** A view of part of an array; the caller vouches that it is one well-formed JSON value. */
    public static RawJson of(byte[] bytes, int offset, int length) {
        if (offset < 0 || length < 0 || offset > bytes.length - length) {
            throw new IllegalArgumentException("offset " + offset + ", length " + length + " of " + bytes.length);
        }
        return new RawJson(bytes, offset, length);
    }

    public static RawJson of(byte[] bytes) {
        return new RawJson(bytes, 0, bytes.length);
    }

    public static RawJson ofText(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return length;
    }

    /** The backing array; valid from {@link #offset()} for {@link #length()} bytes; not to be changed. */
    public byte[] array() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    public String text() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    /** Equal bytes, not equal JSON. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson that
                && Arrays.equals(bytes, offset, offset + length, that.bytes, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return "RawJson[" + length + " bytes]";
    }
}
