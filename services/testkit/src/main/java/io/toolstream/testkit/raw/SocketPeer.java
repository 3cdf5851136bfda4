package io.toolstream.testkit.raw;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of one WebSocket, frame by frame and by hand. Reading: one thread; writing: any. Answers {@code
 * server/discover}, and pings unless told not to.
 */
public final class SocketPeer {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final String SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Peer peer;
    private final RawRequest upgrade;
    private final List<RawRequest> others = new CopyOnWriteArrayList<>();
    private volatile boolean isMute;
    private volatile int closeCode;
    private final AtomicInteger pongs = new AtomicInteger();

    private SocketPeer(Peer peer, RawRequest upgrade) {
        this.peer = peer;
        this.upgrade = upgrade;
    }

    /** Reads the opening handshake and agrees. */
    public static SocketPeer accept(Peer peer) throws IOException {
        return accept(peer, "Sec-WebSocket-Protocol: mcp\r\n");
    }

    /** @param more further header lines, each with its line end */
    public static SocketPeer accept(Peer peer, String more) throws IOException {
        RawRequest upgrade = peer.read();
        if (upgrade == null) {
            throw new IOException("no handshake");
        }
        peer.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + digest(upgrade.header("sec-websocket-key") + SUFFIX) + "\r\n" + more
                + "\r\n");
        return new SocketPeer(peer, upgrade);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public RawRequest upgrade() {
        return upgrade;
    }

    public void mute() {
        isMute = true;
    }

    /** What came and was no call. */
    public List<RawRequest> others() {
        return others;
    }

    /** The status the client closed with; 0 before. */
    public int closeCode() {
        return closeCode;
    }

    public int pongs() {
        return pongs.get();
    }

    /** The next call of a tool, which must come. */
    public RawRequest next() throws IOException {
        RawRequest next = call();
        if (next == null) {
            throw new EOFException("no call came");
        }
        return next;
    }

    /** The next call of a tool, or null at the end. */
    public @Nullable RawRequest call() throws IOException {
        for (String text = text(); text != null; text = text()) {
            RawRequest request = new RawRequest("", Map.of(), text);
            switch (request.rpc()) {
                case "tools/call", "tools/list" -> {
                    return request;
                }
                case "server/discover" ->
                    send("{\"jsonrpc\":\"2.0\",\"id\":" + request.id()
                            + ",\"result\":{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}}");
                default -> others.add(request);
            }
        }
        return null;
    }

    /** Answers every call with its tool's name, until the end. */
    public void answerAll() throws IOException {
        for (RawRequest call = call(); call != null; call = call()) {
            answer(call);
        }
    }

    /** Reads what comes, until the end. */
    public void readToTheEnd() throws IOException {
        RawRequest call = call();
        while (call != null) {
            call = call();
        }
    }

    /** The next message, or null at the end. */
    private @Nullable String text() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            byte[] head = peer.bytes(2);
            byte[] payload = head == null ? null : payload(head[1]);
            if (head == null || payload == null) {
                return null;
            }
            switch (head[0] & 0xF) {
                case PING -> {
                    if (!isMute) {
                        frame(PONG, true, payload);
                    }
                }
                case PONG -> pongs.incrementAndGet();
                case CLOSE -> {
                    closeCode =
                            payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort();
                    return null;
                }
                default -> {
                    message.write(payload);
                    if ((head[0] & 0x80) != 0) {
                        return message.toString(StandardCharsets.UTF_8);
                    }
                }
            }
        }
    }

    private byte @Nullable [] payload(byte second) throws IOException {
        if ((second & 0x80) == 0) {
            throw new IOException("a client must mask");
        }
        int length = second & 0x7F;
        if (length == 126) {
            byte[] extended = peer.bytes(2);
            length = extended == null ? 0 : ByteBuffer.wrap(extended).getShort() & 0xFFFF;
        } else if (length == 127) {
            byte[] extended = peer.bytes(8);
            length = extended == null ? 0 : (int) ByteBuffer.wrap(extended).getLong();
        }
        byte[] mask = peer.bytes(4);
        byte[] payload = peer.bytes(length);
        for (int i = 0; mask != null && payload != null && i < length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    public void answer(RawRequest request) throws IOException {
        send(Http.result(request.id(), request.tool()));
    }

    public void send(String text) throws IOException {
        frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    /** One message in fragments of so many bytes, with a ping between any two. */
    public void fragments(String text, int bytes) throws IOException {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < all.length; from += bytes) {
            int to = Math.min(all.length, from + bytes);
            frame(from == 0 ? TEXT : CONTINUATION, to == all.length, Arrays.copyOfRange(all, from, to));
            frame(PING, true, new byte[] {1});
        }
    }

    public void close(int code) throws IOException {
        frame(CLOSE, true, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    public void frame(int opcode, boolean isFinal, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(10 + payload.length);
        frame.put((byte) ((isFinal ? 0x80 : 0) | opcode));
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length < 1 << 16) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        frame.put(payload);
        synchronized (peer) {
            peer.write(Arrays.copyOf(frame.array(), frame.position()));
        }
    }
}
