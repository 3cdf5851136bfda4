package io.toolstream.testkit.raw;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server's end of one connection. One thread. */
public final class Peer {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private String session = "";

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** The next request, or null at the end. */
    public @Nullable RawRequest read() throws IOException {
        String start = line();
        if (start == null) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new RawRequest(start.substring(0, start.indexOf(' ')), headers, body);
    }

    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) b);
        }
        return null;
    }

    /** Waits until the client has closed; returns whether it sent nothing more. */
    public boolean awaitEnd() throws IOException {
        return in.read() < 0;
    }

    /** Exactly so many bytes, or null at the end. */
    public byte @Nullable [] bytes(int count) throws IOException {
        byte[] read = in.readNBytes(count);
        return read.length == count ? read : null;
    }

    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public void json(String body) throws IOException {
        write(Http.json(200, body));
    }

    public void accept() throws IOException {
        write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
    }

    /** The session that the server knows. */
    public String session() {
        return session;
    }

    void session(String id) {
        session = id;
    }

    /** From now on, no request for so long means the end. */
    public void closeWhenIdleFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    public void close() throws IOException {
        socket.close();
    }

    /** Closes with RST instead of FIN. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
