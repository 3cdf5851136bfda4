package io.toolstream.bench.stub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A tool server over HTTP/1.1 whose tool takes a while, and that can be told to fail and to be well again while it is used.
 * A thread for each connection. It counts its connections, since only the server knows how many there are.
 */
public final class FaultyServer implements AutoCloseable {
    private static final int BACKLOG = 1_000;

    private final StubProtocol protocol = new StubProtocol();
    private final Supplier<Duration> toolTime;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong mostOpen = new AtomicLong();
    private ServerSocket listener;
    private volatile Fault fault = Fault.NONE;

    private FaultyServer(Supplier<Duration> toolTime) throws IOException {
        this.toolTime = toolTime;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        accept(listener);
    }

    /** @param toolTime of every tool call */
    public static FaultyServer start(Duration toolTime) throws IOException {
        return start(() -> toolTime);
    }

    /** One that takes another time for each call. */
    static FaultyServer start(Supplier<Duration> toolTime) throws IOException {
        return new FaultyServer(toolTime);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    /** Tool calls answered since the start. */
    public long calls() {
        return protocol.calls();
    }

    /** Connections open at the same time, at most. */
    public long mostOpen() {
        return mostOpen.get();
    }

    /** From now on. Connections made under another fault are closed, as by a server that is started again. */
    public synchronized void fail(Fault other) {
        try {
            if (other == Fault.DEAD) {
                listener.close();
            } else if (fault == Fault.DEAD) {
                listener = listen(port);
                accept(listener);
            }
            boolean isWellAgain = other == Fault.NONE;
            fault = other;
            if (other == Fault.DEAD || isWellAgain) {
                closeAll();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        return listener;
    }

    private void accept(ServerSocket from) {
        start(() -> {
            while (!from.isClosed()) {
                try {
                    Socket socket = from.accept();
                    socket.setTcpNoDelay(true);
                    open.add(socket);
                    mostOpen.accumulateAndGet(open.size(), Math::max);
                    start(() -> serve(socket));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private void serve(Socket socket) {
        try (socket) {
            new FaultyConversation(protocol, toolTime, () -> fault).talk(socket);
        } catch (IOException e) {
            // The client went away, or the server was told to close it.
            return;
        } finally {
            open.remove(socket);
        }
    }

    private void closeAll() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "faulty-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() {
        fail(Fault.DEAD);
    }
}
