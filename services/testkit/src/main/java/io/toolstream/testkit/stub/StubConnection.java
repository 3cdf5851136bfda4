package io.toolstream.testkit.stub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Locale;

/** One client of the stub: takes requests apart as they come in, several at a time if they do. */
final class StubConnection {
    private static final int MAX_REQUEST = 16 * 1024 * 1024;

    private final SocketChannel channel;
    private final InstantStub stub;
    private final SelectionKey key;
    private final MessageScan scan = new MessageScan();
    private final Output output = new Output();
    private byte[] input = new byte[16 * 1024];
    private int filled;

    StubConnection(SocketChannel channel, SelectionKey key, InstantStub stub) {
        this.channel = channel;
        this.key = key;
        this.stub = stub;
    }

    /** Something may have come in, or can go out. */
    void ready() throws IOException {
        int count = channel.read(ByteBuffer.wrap(input, filled, input.length - filled));
        if (count < 0) {
            channel.close();
            return;
        }
        filled += count;
        int taken = 0;
        for (int length = take(taken); length > 0; length = take(taken)) {
            taken += length;
        }
        System.arraycopy(input, taken, input, 0, filled - taken);
        filled -= taken;
        if (filled == input.length) {
            grow();
        }
        flush();
    }

    /** Sends what there is, and asks to be told when more can be sent. */
    void flush() throws IOException {
        if (!output.isEmpty()) {
            output.writeTo(channel);
        }
        int wanted = SelectionKey.OP_READ | (output.isEmpty() ? 0 : SelectionKey.OP_WRITE);
        if (key.isValid() && key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }

    Output output() {
        return output;
    }

    /** Serves the request that begins there, if all of it is in; returns its length, or 0. */
    private int take(int start) {
        int headEnd = endOfHead(start);
        if (headEnd < 0) {
            return 0;
        }
        int bodyLength = contentLength(start, headEnd);
        if (headEnd + bodyLength > filled) {
            return 0;
        }
        serve(start, headEnd, bodyLength);
        return headEnd + bodyLength - start;
    }

    private void serve(int start, int bodyStart, int bodyLength) {
        if (input[start] != 'P') {
            stub.answers().status(405, output);
            return;
        }
        scan.scan(input, bodyStart, bodyLength);
        if (scan.hasId() && scan.isMethod(StubAnswers.CALL)) {
            stub.called(this, input, scan.idStart(), scan.idLength());
        } else {
            stub.answers().other(new String(input, bodyStart, bodyLength, UTF_8), output);
        }
    }

    /** Behind the empty line, or -1. */
    private int endOfHead(int start) {
        for (int i = start + 3; i < filled; i++) {
            if (input[i] == '\n' && input[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private int contentLength(int start, int end) {
        for (int i = start; i + 16 < end; i++) {
            if (input[i] == '\n' && (input[i + 1] | 0x20) == 'c' && (input[i + 9] | 0x20) == 'l') {
                String line = new String(input, i + 1, lineEnd(i + 1) - i - 1, ISO_8859_1).toLowerCase(Locale.ROOT);
                if (line.startsWith("content-length:")) {
                    return Integer.parseInt(line.substring(15).trim());
                }
            }
        }
        return 0;
    }

    private int lineEnd(int start) {
        int end = start;
        while (input[end] != '\r') {
            end++;
        }
        return end;
    }

    private void grow() throws IOException {
        if (input.length >= MAX_REQUEST) {
            channel.close();
            throw new IOException("A request of more than " + MAX_REQUEST + " bytes");
        }
        input = Arrays.copyOf(input, input.length * 2);
    }
}
