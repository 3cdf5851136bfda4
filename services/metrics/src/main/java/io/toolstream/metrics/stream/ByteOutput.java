package io.toolstream.metrics.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Bytes being written: numbers in as few bytes as they need, texts and arrays after their length. */
final class ByteOutput {
    private static final int EXPECTED_BYTES = 256;
    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes = new byte[EXPECTED_BYTES];
    private int size;

    /** Not negative, or long. */
    ByteOutput number(long value) {
        reserve(LONGEST_NUMBER);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    ByteOutput flag(boolean value) {
        return number(value ? 1 : 0);
    }

    ByteOutput text(String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        number(utf8.length);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
        return this;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
