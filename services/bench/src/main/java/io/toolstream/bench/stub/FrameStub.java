package io.toolstream.bench.stub;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool server that answers at once over HTTP/2 without TLS: as much of RFC 9113 as a client that knows it needs. Reads
 * no header fields. One thread per connection, and few of those.
 */
final class FrameStub implements SocketStub.Conversation {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int END = 1;
    private static final int WIDE_OPEN = 1 << 30;
    private static final int PREFACE_BYTES = 24;

    /** Status 200 and JSON, as HPACK writes them without a table. */
    private static final byte[] OK = block(0x88, "application/json");

    private static final byte[] ACCEPTED = {0x08, 3, '2', '0', '2'};

    private final StubProtocol protocol;

    FrameStub(StubProtocol protocol) {
        this.protocol = protocol;
    }

    private static byte[] block(int status, String type) {
        byte[] text = type.getBytes(StandardCharsets.US_ASCII);
        byte[] block = new byte[4 + text.length];
        block[0] = (byte) status;
        block[1] = 0x0F;
        block[2] = 0x10;
        block[3] = (byte) text.length;
        System.arraycopy(text, 0, block, 4, text.length);
        return block;
    }

    @Override
    public void talk(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
        in.skipNBytes(PREFACE_BYTES);
        frame(out, SETTINGS, 0, 0, new byte[0]);
        window(out);
        Map<Integer, byte[]> bodies = new HashMap<>();
        for (int head = in.read(); head >= 0; head = in.read()) {
            byte[] payload = new byte[(head << 16) | in.readUnsignedShort()];
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            in.readFully(payload);
            switch (type) {
                case SETTINGS, PING -> acknowledge(out, type, flags, payload);
                case HEADERS -> {
                    if ((flags & END) != 0) {
                        answer(out, stream, null);
                    }
                }
                case DATA -> {
                    byte[] body = joined(bodies.remove(stream), payload);
                    if ((flags & END) != 0) {
                        answer(out, stream, protocol.answer(body));
                    } else {
                        bodies.put(stream, body);
                    }
                }
                default -> {}
            }
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    private static byte[] joined(byte @Nullable [] first, byte[] second) {
        if (first == null) {
            return second;
        }
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static void acknowledge(DataOutputStream out, int type, int flags, byte[] payload) throws IOException {
        if ((flags & END) == 0) {
            frame(out, type, END, 0, type == PING ? payload : new byte[0]);
        }
    }

    private static void window(DataOutputStream out) throws IOException {
        frame(out, WINDOW_UPDATE, 0, 0, new byte[] {(byte) (WIDE_OPEN >> 24), 0, 0, 0});
    }

    private static void answer(DataOutputStream out, int stream, byte @Nullable [] body) throws IOException {
        if (body == null) {
            frame(out, HEADERS, 4 | END, stream, ACCEPTED);
            return;
        }
        frame(out, HEADERS, 4, stream, OK);
        frame(out, DATA, END, stream, body);
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }
}
