package io.toolstream.cli.batch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One line of the input.
 *
 * @param number from 1
 * @param bytes null: it is longer than any call may be, and was passed over
 */
record CallLine(long number, byte @Nullable [] bytes) {
    boolean isBlank() {
        return bytes != null && new String(bytes, StandardCharsets.ISO_8859_1).isBlank();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallLine that && number == that.number && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    @Override
    public String toString() {
        return "line " + number;
    }
}
