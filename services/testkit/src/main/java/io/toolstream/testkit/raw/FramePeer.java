package io.toolstream.testkit.raw;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of one HTTP/2 connection, frame by frame and by hand: whatever a test wants to be said is said.
 * Reading: one thread; writing: any. Answers {@code server/discover}, and acknowledges settings and pings unless told not
 * to.
 */
public final class FramePeer {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;

    public static final int INTERNAL_ERROR = 2;
    public static final int REFUSED_STREAM = 7;
    public static final int CANCEL = 8;

    private static final int MAX_STREAMS = 3;
    private static final int INITIAL_WINDOW = 4;

    private final Peer peer;
    private final BlockingQueue<Frame> resets = new LinkedBlockingQueue<>();
    private final Map<Integer, ByteArrayOutputStream> bodies = new HashMap<>();
    private volatile boolean isMute;

    /** One frame. */
    public record Frame(int type, int flags, int stream, byte[] payload) {
        public boolean isEnd() {
            return (flags & 1) != 0;
        }

        /** The error code of a reset. */
        public int code() {
            return ByteBuffer.wrap(payload).getInt();
        }
    }

    /** A request whose body is complete. */
    public record Call(int stream, RawRequest request) {}

    public FramePeer(Peer peer) throws IOException {
        this.peer = peer;
        peer.bytes(24);
    }

    /** Sends the settings that every connection begins with. */
    public FramePeer begin() throws IOException {
        write(SETTINGS, 0, 0, new byte[0]);
        return this;
    }

    public FramePeer begin(int maxStreams) throws IOException {
        settings(MAX_STREAMS, maxStreams);
        return this;
    }

    public FramePeer beginWithWindow(int bytes) throws IOException {
        settings(INITIAL_WINDOW, bytes);
        return this;
    }

    public void maxStreams(int count) throws IOException {
        settings(MAX_STREAMS, count);
    }

    private void settings(int name, int value) throws IOException {
        write(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6).putShort((short) name).putInt(value).array());
    }

    /** From now on pings get no answer. */
    public void mute() {
        isMute = true;
    }

    /** Resets that the client sent and that were read. */
    public BlockingQueue<Frame> resets() {
        return resets;
    }

    /** The next call of a tool, which must come. */
    public Call next() throws IOException {
        Call next = call();
        if (next == null) {
            throw new EOFException("no call came");
        }
        return next;
    }

    /** The next call of a tool, or null at the end. */
    public @Nullable Call call() throws IOException {
        for (Frame frame = read(); frame != null; frame = read()) {
            if (frame.type() == DATA && frame.isEnd()) {
                Call call = complete(frame.stream());
                if (call != null) {
                    return call;
                }
            }
        }
        return null;
    }

    /** Answers every call with its tool's name, until the end. */
    public void answerAll() throws IOException {
        for (Call call = call(); call != null; call = call()) {
            answer(call);
        }
    }

    /** Reads what comes, until the end. */
    public void readToTheEnd() throws IOException {
        Frame frame = read();
        while (frame != null) {
            frame = read();
        }
    }

    /** The request whose last bytes were read; null if it was answered here. */
    public @Nullable Call complete(int stream) throws IOException {
        ByteArrayOutputStream body = bodies.remove(stream);
        RawRequest request =
                new RawRequest("POST", Map.of(), body == null ? "" : body.toString(StandardCharsets.UTF_8));
        if (!request.rpc().equals("server/discover")) {
            return new Call(stream, request);
        }
        answer(
                stream,
                "{\"jsonrpc\":\"2.0\",\"id\":" + request.id()
                        + ",\"result\":{\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{}}}");
        return null;
    }

    /** The next frame, or null at the end. */
    public @Nullable Frame read() throws IOException {
        byte[] head = peer.bytes(9);
        if (head == null) {
            return null;
        }
        int length = ((head[0] & 0xFF) << 16) | ((head[1] & 0xFF) << 8) | (head[2] & 0xFF);
        byte[] payload = peer.bytes(length);
        Frame frame =
                new Frame(head[3], head[4], ByteBuffer.wrap(head, 5, 4).getInt(), payload == null ? head : payload);
        note(frame);
        return frame;
    }

    private void note(Frame frame) throws IOException {
        switch (frame.type()) {
            case SETTINGS -> {
                if (!frame.isEnd()) {
                    write(SETTINGS, 1, 0, new byte[0]);
                }
            }
            case PING -> {
                if (!frame.isEnd() && !isMute) {
                    write(PING, 1, 0, frame.payload());
                }
            }
            case DATA -> {
                bodies.computeIfAbsent(frame.stream(), id -> new ByteArrayOutputStream())
                        .write(frame.payload());
                if (frame.payload().length > 0) {
                    window(0, frame.payload().length);
                }
            }
            case RST_STREAM -> resets.add(frame);
            default -> {}
        }
    }

    public void answer(Call call) throws IOException {
        answer(call.stream(), Http.result(call.request().id(), call.request().tool()));
    }

    public void answer(int stream, String json) throws IOException {
        headers(stream, false);
        data(stream, json, true);
    }

    /** Status 200 and JSON. */
    public void headers(int stream, boolean isEnd) throws IOException {
        byte[] type = "application/json".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer block = ByteBuffer.allocate(4 + type.length);
        block.put((byte) 0x88)
                .put((byte) 0x0F)
                .put((byte) 0x10)
                .put((byte) type.length)
                .put(type);
        write(HEADERS, 4 | (isEnd ? 1 : 0), stream, block.array());
    }

    public void data(int stream, String text, boolean isEnd) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length || from == 0; from += 16_000) {
            int to = Math.min(bytes.length, from + 16_000);
            boolean isLast = isEnd && to == bytes.length;
            write(DATA, isLast ? 1 : 0, stream, Arrays.copyOfRange(bytes, from, to));
        }
    }

    public void reset(int stream, int code) throws IOException {
        write(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
    }

    public void goAway(int lastStream) throws IOException {
        write(GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(lastStream).putInt(0).array());
    }

    public void window(int stream, int bytes) throws IOException {
        write(WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
    }

    public void write(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        synchronized (peer) {
            peer.write(frame.array());
        }
    }
}
