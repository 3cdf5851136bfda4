package io.toolstream.testkit.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Accepts sockets on loopback, one thread each, and lets a script talk. Counts them. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Script script;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What is said on one connection. Its end closes the connection. */
    public interface Script {
        void talk(Peer peer) throws IOException;
    }

    public RawServer(Script script) {
        this(listener(), script);
    }

    public RawServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        start(this::accept, "raw-accept");
    }

    private static ServerSocket listener() {
        try {
            return new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/mcp");
    }

    public int accepted() {
        return accepted.get();
    }

    /** Sockets whose script has not ended. */
    public int open() {
        return open.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                accepted.incrementAndGet();
                open.add(socket);
                start(() -> serve(socket), "raw-" + accepted.get());
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.talk(new Peer(socket));
        } catch (IOException e) {
            // The client went away, or the test closed us.
        } finally {
            open.remove(socket);
        }
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
