package io.toolstream.bench.stub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A tool server that answers at once, with a thread for each of its connections: for protocols that need few. */
public final class SocketStub implements AutoCloseable {
    private final ServerSocket listener;
    private final Conversation conversation;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What is said on one connection. */
    interface Conversation {
        void talk(Socket socket) throws IOException;
    }

    private SocketStub(Conversation conversation) throws IOException {
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        this.conversation = conversation;
        start(this::accept);
    }

    /** Speaks HTTP/2, known in advance. */
    public static SocketStub http2() throws IOException {
        return new SocketStub(new FrameStub(new StubProtocol()));
    }

    /** Speaks WebSocket. */
    public static SocketStub webSocket() throws IOException {
        return new SocketStub(new MessageStub(new StubProtocol()));
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            conversation.talk(socket);
        } catch (IOException e) {
            // The client went away, or we were closed.
            return;
        } finally {
            open.remove(socket);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "stub-socket");
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
