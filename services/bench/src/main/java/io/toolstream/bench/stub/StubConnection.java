package io.toolstream.bench.stub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One kept-alive HTTP/1.1 connection. Owned by the stub's thread. Expects bodies with a content length. */
final class StubConnection {
    private static final int LARGEST_REQUEST = 4 << 20;
    private static final String CONTENT_LENGTH = "content-length:";
    private static final ByteBuffer ACCEPTED = withoutBody("202 Accepted");
    private static final ByteBuffer NOT_ALLOWED = withoutBody("405 Method Not Allowed");

    private final SocketChannel channel;
    private final StubProtocol protocol;
    private ByteBuffer in = ByteBuffer.allocate(8 << 10);
    private ByteBuffer out = ByteBuffer.allocate(0);

    StubConnection(SocketChannel channel, StubProtocol protocol) {
        this.channel = channel;
        this.protocol = protocol;
    }

    /** Reads what came, answers the complete requests. False when the connection is at its end. */
    boolean serve(SelectionKey key) throws IOException {
        if (key.isReadable() && !read()) {
            return false;
        }
        flush();
        while (!out.hasRemaining() && answerOne()) {
            flush();
        }
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        return true;
    }

    private void flush() throws IOException {
        if (out.hasRemaining()) {
            channel.write(out);
        }
    }

    private boolean read() throws IOException {
        if (!in.hasRemaining()) {
            if (in.capacity() >= LARGEST_REQUEST) {
                return false;
            }
            in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
        }
        return channel.read(in) >= 0;
    }

    /** Takes one complete request from the input and puts its answer into the output. False if there is none yet. */
    private boolean answerOne() {
        int headEnd = endOfHead();
        if (headEnd < 0) {
            return false;
        }
        String head = new String(in.array(), 0, headEnd, StandardCharsets.ISO_8859_1);
        int bodyLength = contentLength(head);
        if (in.position() < headEnd + bodyLength) {
            return false;
        }
        byte[] body = new byte[bodyLength];
        System.arraycopy(in.array(), headEnd, body, 0, bodyLength);
        in.flip().position(headEnd + bodyLength);
        in.compact();
        out = head.startsWith("POST ") ? response(protocol.answer(body)) : NOT_ALLOWED.duplicate();
        return true;
    }

    private int endOfHead() {
        byte[] bytes = in.array();
        for (int i = 3; i < in.position(); i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int contentLength(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(CONTENT_LENGTH);
        if (at < 0) {
            return 0;
        }
        int from = at + CONTENT_LENGTH.length();
        return Integer.parseInt(lower.substring(from, lower.indexOf('\r', from)).strip());
    }

    private static ByteBuffer response(byte @Nullable [] body) {
        if (body == null) {
            return ACCEPTED.duplicate();
        }
        byte[] head = ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .flip();
    }

    private static ByteBuffer withoutBody(String status) {
        return ByteBuffer.wrap(
                ("HTTP/1.1 " + status + "\r\ncontent-length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
