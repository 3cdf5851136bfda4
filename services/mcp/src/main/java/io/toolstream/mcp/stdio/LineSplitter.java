package io.toolstream.mcp.stdio;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines while it arrives. A line over the limit is not kept: its beginning and end are, so
 * that one may see whose answer it was. One stream, one thread.
 */
final class LineSplitter {
    private static final int EDGE_BYTES = 256;

    private final int limit;
    private final Lines lines;
    private byte[] line = new byte[8192];
    private int length;
    private boolean isTooLong;
    private long skipped;
    private byte[] head = {};
    private byte[] tail = {};

    /** Where lines go. */
    interface Lines {
        /** Without its end; the array is the receiver's. */
        void line(byte[] line);

        /** The line is over the limit and has ended. */
        void tooLong(byte[] head, byte[] tail);
    }

    LineSplitter(int limit, Lines lines) {
        this.limit = limit;
        this.lines = lines;
    }

    /** How many bytes of the line under way were thrown away. */
    long skipped() {
        return skipped;
    }

    void feed(byte[] bytes, int count) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                append(bytes, start, i);
                end();
                start = i + 1;
            }
        }
        append(bytes, start, count);
    }

    private void append(byte[] bytes, int from, int to) {
        int count = to - from;
        if (!isTooLong && count > limit - length) {
            isTooLong = true;
            head = Arrays.copyOf(line, Math.min(EDGE_BYTES, length));
            tail = Arrays.copyOfRange(line, Math.max(0, length - EDGE_BYTES), length);
            line = new byte[8192];
            length = 0;
        }
        if (isTooLong) {
            skip(bytes, from, to);
        } else {
            room(count);
            System.arraycopy(bytes, from, line, length, count);
            length += count;
        }
    }

    private void room(int count) {
        if (count > line.length - length) {
            long wanted = Math.max(line.length * 2L, length + (long) count);
            line = Arrays.copyOf(line, (int) Math.min(limit, wanted));
        }
    }

    private void skip(byte[] bytes, int from, int to) {
        skipped += to - from;
        int kept = Math.min(EDGE_BYTES, to - from);
        byte[] both = Arrays.copyOf(tail, tail.length + kept);
        System.arraycopy(bytes, to - kept, both, tail.length, kept);
        tail = Arrays.copyOfRange(both, Math.max(0, both.length - EDGE_BYTES), both.length);
    }

    private void end() {
        if (isTooLong) {
            isTooLong = false;
            skipped = 0;
            lines.tooLong(head, tail);
            return;
        }
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        byte[] whole = Arrays.copyOf(line, end);
        length = 0;
        lines.line(whole);
    }
}
