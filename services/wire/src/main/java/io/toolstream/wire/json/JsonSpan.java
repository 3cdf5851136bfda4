package io.toolstream.wire.json;

/** A part of an array of bytes which is not copied and must not be changed. */
public record JsonSpan(byte[] array, int offset, int length) {
    public static JsonSpan of(byte[] array) {
        return new JsonSpan(array, 0, array.length);
    }

    /** The index after the last byte. */
    public int end() {
        return offset + length;
    }

    /** At most the first {@code bytes} of this span. */
    public JsonSpan first(int bytes) {
        return new JsonSpan(array, offset, Math.min(bytes, length));
    }

    /** This span without its first {@code bytes}. */
    public JsonSpan without(int bytes) {
        return new JsonSpan(array, offset + bytes, length - bytes);
    }

    @Override
    public String toString() {
        return "JsonSpan[" + length + " bytes]";
    }
}
