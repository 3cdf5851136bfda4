package io.toolstream.mcp.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What stands before several servers under one address: passes on bytes, whatever they mean. */
public final class Relay implements AutoCloseable {
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile URI target;

    /** @param target where connections go at first */
    public Relay(URI target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 100, InetAddress.getByName(target.getHost()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** As the target's, with this one's port. */
    public URI url() {
        return URI.create(
                target.getScheme() + "://" + target.getHost() + ":" + listener.getLocalPort() + target.getPath());
    }

    /** Connections that are accepted after this go there; those that are open end. */
    public void turnTo(URI other) throws IOException {
        target = other;
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket accepted = listener.accept();
                open.add(accepted);
                URI chosen = target;
                Socket made = new Socket(chosen.getHost(), chosen.getPort());
                open.add(made);
                start(() -> pass(accepted, made));
                start(() -> pass(made, accepted));
            } catch (IOException e) {
                // Closed by the test, or nobody is there: a client then sees its connection end.
            }
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The other direction has ended, or the test.
            return;
        } finally {
            open.remove(from);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "relay");
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
