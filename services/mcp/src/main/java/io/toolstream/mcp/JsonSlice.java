package io.toolstream.mcp;

import java.nio.charset.StandardCharsets;

/** One JSON value as UTF-8 bytes in a larger array, which is not copied and must not be changed. Prints its length only. */
public record JsonSlice(byte[] array, int offset, int length) {
    public static JsonSlice of(byte[] bytes) {
        return new JsonSlice(bytes, 0, bytes.length);
    }

    public static JsonSlice ofText(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    public String text() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "JsonSlice[" + length + " bytes]";
    }
}
