package io.toolstream.bench.stub;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** A tool server that answers at once over WebSocket: as much of RFC 6455 as a client without fragments needs. */
final class MessageStub implements SocketStub.Conversation {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int FINAL = 0x80;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final String KEY = "sec-websocket-key:";
    private static final String SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final StubProtocol protocol;

    MessageStub(StubProtocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public void talk(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
        out.write(upgrade(in).getBytes(StandardCharsets.US_ASCII));
        out.flush();
        for (int first = in.read(); first >= 0 && (first & 0xF) != CLOSE; first = in.read()) {
            byte[] message = payload(in);
            byte[] answer = (first & 0xF) == TEXT ? protocol.answer(message) : null;
            if (answer != null) {
                send(out, answer);
            }
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    private static String upgrade(DataInputStream in) throws IOException {
        String key = "";
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith(KEY)) {
                key = line.substring(KEY.length()).strip();
            }
        }
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + accept(key) + "\r\nSec-WebSocket-Protocol: mcp\r\n\r\n";
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static byte[] payload(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() & 0x7F;
        if (length == SHORT_LENGTH) {
            length = in.readUnsignedShort();
        } else if (length == LONG_LENGTH) {
            length = (int) in.readLong();
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return payload;
    }

    private static void send(DataOutputStream out, byte[] message) throws IOException {
        out.writeByte(FINAL | TEXT);
        if (message.length < SHORT_LENGTH) {
            out.writeByte(message.length);
        } else if (message.length < 1 << 16) {
            out.writeByte(SHORT_LENGTH);
            out.writeShort(message.length);
        } else {
            out.writeByte(LONG_LENGTH);
            out.writeLong(message.length);
        }
        out.write(message);
    }
}
