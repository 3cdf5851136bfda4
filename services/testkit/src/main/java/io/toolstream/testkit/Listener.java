package io.toolstream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A port on 127.0.0.1 that can be closed and opened again. Any thread; one of its own accepts. */
final class Listener {
    private static final int BACKLOG = 1_000;

    private final Consumer<Socket> accepted;
    private final int port;
    private ServerSocket socket; // guarded by this
    private @Nullable Thread accepting; // guarded by this

    /**
     * @param port any if 0
     * @param accepted told of each connection, on the accepting thread
     */
    Listener(int port, Consumer<Socket> accepted) {
        this.accepted = accepted;
        this.socket = listen(port);
        this.port = socket.getLocalPort();
    }

    int port() {
        return port;
    }

    /** Begins to accept. */
    synchronized void start() {
        ServerSocket mine = socket;
        accepting = Daemons.start("scripted-tool-server", () -> accept(mine));
    }

    /** Opens the port again; nothing if it is open. */
    synchronized void open() {
        if (socket.isClosed()) {
            socket = listen(port);
            start();
        }
    }

    /** From its return on the system refuses connections: the port is free only when nobody is in its accepting any more. */
    synchronized void close() {
        try {
            socket.close();
            if (accepting != null) {
                accepting.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listen(int port) {
        try {
            return new ServerSocket(port, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket mine) {
        while (!mine.isClosed()) {
            try {
                accepted.accept(mine.accept());
            } catch (IOException e) {
                // Closed, or the client gave up before it was accepted.
            }
        }
    }
}
