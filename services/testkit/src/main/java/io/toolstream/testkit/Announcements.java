package io.toolstream.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams on which a server speaks by itself: they stay open until the client ends them. Any thread. */
final class Announcements {
    private static final byte[] HEAD =
            bytes("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
    private static final byte[] TOOLS_CHANGED =
            bytes("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n");

    private final Set<Wire> listeners = ConcurrentHashMap.newKeySet();

    /** Blocks until the client has gone. */
    void listen(Wire wire, InputStream in) throws IOException {
        wire.write(HEAD, 0, HEAD.length);
        listeners.add(wire);
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } finally {
            listeners.remove(wire);
        }
    }

    void toolsChanged() {
        listeners.forEach(wire -> {
            try {
                wire.write(TOOLS_CHANGED, 0, TOOLS_CHANGED.length);
            } catch (IOException e) {
                listeners.remove(wire);
            }
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
