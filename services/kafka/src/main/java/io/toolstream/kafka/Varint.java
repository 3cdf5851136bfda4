package io.toolstream.kafka;

import java.nio.ByteBuffer;

/** Numbers from zero up in as few bytes as they need: seven bits each, the lowest first. */
final class Varint {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private Varint() {}

    static int bytes(long value) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + BITS - 1) / BITS);
    }

    /** @throws java.nio.BufferOverflowException if there is no room */
    static void write(long value, ByteBuffer out) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        long rest = value;
        while (rest >= MORE) {
            out.put((byte) (rest % MORE | MORE));
            rest >>>= BITS;
        }
        out.put((byte) rest);
    }

    /** @throws java.nio.BufferUnderflowException if it is cut short */
    static long read(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += BITS) {
            byte next = in.get();
            value |= (long) (next & MORE - 1) << shift;
            if ((next & MORE) == 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("longer than any number written here");
    }
}
