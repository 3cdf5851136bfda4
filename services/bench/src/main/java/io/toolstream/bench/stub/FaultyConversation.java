package io.toolstream.bench.stub;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One HTTP/1.1 connection of a server that may be at fault: request by request, as it is at that moment. */
final class FaultyConversation implements SocketStub.Conversation {
    private static final String CONTENT_LENGTH = "content-length:";
    private static final Duration DRIP = Duration.ofSeconds(1);
    private static final String TOOL_CALL = "\"tools/call\"";

    private final StubProtocol protocol;
    private final Supplier<Duration> toolTime;
    private final Supplier<Fault> fault;

    FaultyConversation(StubProtocol protocol, Supplier<Duration> toolTime, Supplier<Fault> fault) {
        this.protocol = protocol;
        this.toolTime = toolTime;
        this.fault = fault;
    }

    @Override
    public void talk(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 14));
        while (true) {
            String first = line(in);
            int length = contentLength(in);
            byte[] body = in.readNBytes(length);
            switch (fault.get()) {
                case NONE -> answer(first, body, socket.getOutputStream());
                case HUNG -> untilClosed(in);
                case DRIPPING -> drip(response(first, body), socket.getOutputStream());
                case RESETTING, DEAD -> {
                    socket.setSoLinger(true, 0);
                    return;
                }
            }
        }
    }

    private void answer(String first, byte[] body, OutputStream out) throws IOException {
        if (new String(body, StandardCharsets.ISO_8859_1).contains(TOOL_CALL)) {
            pause(toolTime.get());
        }
        out.write(response(first, body));
    }

    private static void untilClosed(DataInputStream in) throws IOException {
        while (in.read() >= 0) {
            // Whatever else it says is not answered either.
        }
        throw new IOException("closed");
    }

    private static void drip(byte[] response, OutputStream out) throws IOException {
        for (byte each : response) {
            out.write(each);
            pause(DRIP);
        }
    }

    private byte[] response(String first, byte[] body) {
        if (!first.startsWith("POST ")) {
            return ascii("HTTP/1.1 405 Method Not Allowed\r\ncontent-length: 0\r\n\r\n");
        }
        byte[] answer = protocol.answer(body);
        if (answer == null) {
            return ascii("HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n");
        }
        byte[] head = ascii(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + answer.length + "\r\n\r\n");
        byte[] whole = new byte[head.length + answer.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(answer, 0, whole, head.length, answer.length);
        return whole;
    }

    private static int contentLength(DataInputStream in) throws IOException {
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith(CONTENT_LENGTH)) {
                length = Integer.parseInt(
                        lower.substring(CONTENT_LENGTH.length()).strip());
            }
        }
        return length;
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
            line.append((char) b);
        }
        return line.toString().stripTrailing();
    }

    private static void pause(Duration time) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
