package io.toolstream.testkit.stub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** Bytes on their way out: grows as needed, reused when empty. */
final class Output {
    private byte[] bytes = new byte[4 * 1024];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int start;
    private int end;

    void add(byte[] more) {
        add(more, 0, more.length);
    }

    void add(byte[] more, int offset, int length) {
        if (end + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + length));
            view = ByteBuffer.wrap(bytes);
        }
        System.arraycopy(more, offset, bytes, end, length);
        end += length;
    }

    boolean isEmpty() {
        return start == end;
    }

    /** Writes what the channel takes. */
    void writeTo(WritableByteChannel channel) throws IOException {
        view.limit(end).position(start);
        channel.write(view);
        start = view.position();
        if (start == end) {
            start = end = 0;
        }
    }
}
