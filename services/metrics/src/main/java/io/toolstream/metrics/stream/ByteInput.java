package io.toolstream.metrics.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Bytes being read that a {@link ByteOutput} wrote. */
final class ByteInput {
    private final byte[] bytes;
    private int position;

    ByteInput(byte[] bytes) {
        this.bytes = bytes;
    }

    long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    int integer() {
        return Math.toIntExact(number());
    }

    boolean flag() {
        return number() != 0;
    }

    String text() {
        int length = integer();
        String text = new String(bytes, position, length, UTF_8);
        position += length;
        return text;
    }

    boolean hasMore() {
        return position < bytes.length;
    }
}
