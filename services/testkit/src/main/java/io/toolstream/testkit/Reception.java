package io.toolstream.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets connections in, or does something else with them. Any thread. */
final class Reception implements AutoCloseable {
    private final Set<Socket> turnedAway = ConcurrentHashMap.newKeySet();
    private volatile Accepting accepting = Accepting.NORMAL;

    void become(Accepting other) {
        accepting = other;
    }

    /** Whether a connection is to be served; what becomes of it otherwise is seen to here. */
    boolean admits(Socket socket) {
        switch (accepting) {
            case NORMAL, REFUSED -> {
                return true;
            }
            case RESET -> reset(socket);
            case RESET_ON_BYTES -> {
                turnedAway.add(socket);
                Daemons.start("scripted-reset", () -> resetOnBytes(socket));
            }
            case SILENT -> turnedAway.add(socket);
        }
        return false;
    }

    private static void resetOnBytes(Socket socket) {
        try {
            // The rest stays unread, and what is unread makes the closing a reset on every system.
            if (socket.getInputStream().read() >= 0) {
                reset(socket);
            }
        } catch (IOException e) {
            reset(socket);
        }
    }

    private static void reset(Socket socket) {
        try {
            // Without lingering, closing is a reset.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It has ended by itself.
        }
    }

    @Override
    public void close() {
        turnedAway.forEach(Reception::reset);
    }
}
