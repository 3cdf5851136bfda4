package io.toolstream.mcp.tcp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes collected up to a limit; what goes beyond is refused and remembered. One thread. */
public final class ByteSink {
    private static final int FIRST_BYTES = 512;

    private final int limit;
    private byte[] bytes;
    private int length;
    private boolean hasOverflown;

    public ByteSink(int limit) {
        this(limit, 0);
    }

    /** With room for what is expected, which the caller has checked against the limit. */
    public ByteSink(int limit, int expected) {
        this.limit = limit;
        this.bytes = new byte[expected];
    }

    public boolean append(ByteBuf source, int count) {
        if (!room(count)) {
            return false;
        }
        source.readBytes(bytes, length, count);
        length += count;
        return true;
    }

    public boolean append(byte b) {
        if (!room(1)) {
            return false;
        }
        bytes[length++] = b;
        return true;
    }

    public boolean append(ByteSink source, int from) {
        int count = source.length - from;
        if (!room(count)) {
            return false;
        }
        System.arraycopy(source.bytes, from, bytes, length, count);
        length += count;
        return true;
    }

    public int length() {
        return length;
    }

    public byte at(int index) {
        return bytes[index];
    }

    public int indexOf(byte wanted) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    public boolean isAt(int from, int to, byte[] wanted) {
        return Arrays.equals(bytes, from, to, wanted, 0, wanted.length);
    }

    /** From there to the end. */
    public String text(int from) {
        return new String(bytes, from, length - from, StandardCharsets.UTF_8);
    }

    public void dropPrefix(byte[] prefix) {
        if (length >= prefix.length && isAt(0, prefix.length, prefix)) {
            length -= prefix.length;
            System.arraycopy(bytes, prefix.length, bytes, 0, length);
        }
    }

    public void clear() {
        length = 0;
    }

    public boolean hasOverflown() {
        return hasOverflown;
    }

    /** The bytes so far; the array is given away if it fits. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** The array behind, valid up to {@link #length()}; nothing may be appended afterwards. */
    public byte[] array() {
        return bytes;
    }

    private boolean room(int count) {
        if (count > limit - length) {
            hasOverflown = true;
            return false;
        }
        if (count > bytes.length - length) {
            long doubled = Math.max(FIRST_BYTES, Math.max(bytes.length * 2L, length + (long) count));
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, doubled));
        }
        return true;
    }
}
