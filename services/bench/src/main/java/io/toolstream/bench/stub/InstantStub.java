package io.toolstream.bench.stub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A tool server that answers at once: one thread serves all connections of all its ports, so that what it takes from the
 * machine is small and the same for every client. It counts, since only the server knows what it was asked.
 */
public final class InstantStub implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final StubProtocol protocol = new StubProtocol();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong mostOpen = new AtomicLong();
    private final List<URI> urls = new ArrayList<>();
    private final Selector selector;
    private final Thread thread;
    private volatile boolean closing;

    private InstantStub(Selector selector) {
        this.selector = selector;
        this.thread = new Thread(this::serve, "stub");
    }

    /** Listens on so many loopback ports, each a tool server of its own to its clients. */
    public static InstantStub start(int ports) throws IOException {
        InstantStub stub = new InstantStub(Selector.open());
        for (int i = 0; i < ports; i++) {
            stub.listen();
        }
        stub.thread.start();
        return stub;
    }

    /** The endpoints, one per port. */
    public List<URI> urls() {
        return List.copyOf(urls);
    }

    /** Tool calls answered since the start. */
    public long calls() {
        return protocol.calls();
    }

    /** Connections accepted since the start. */
    public long accepted() {
        return accepted.get();
    }

    /** Connections to any one port open at the same time, at most. */
    public long mostOpen() {
        return mostOpen.get();
    }

    private void listen() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        urls.add(URI.create("http://127.0.0.1:" + server.socket().getLocalPort() + "/mcp"));
    }

    private void serve() {
        try (selector) {
            while (!closing) {
                selector.select(this::serve);
            }
            selector.keys().forEach(key -> close(key.channel()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.attachment() instanceof StubConnection connection) {
                if (!connection.serve(key)) {
                    close(key.channel());
                }
            } else {
                accept((ServerSocketChannel) key.channel());
            }
        } catch (IOException | RuntimeException e) {
            close(key.channel());
        }
    }

    /** A connection that breaks or sends what the stub does not understand is closed: its client shows the failure. */
    private static void close(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        @Nullable SocketChannel channel = server.accept();
        if (channel != null) {
            accepted.incrementAndGet();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new StubConnection(channel, protocol));
            mostOpen.accumulateAndGet(open(server.socket().getLocalPort()), Math::max);
        }
    }

    private long open(int port) {
        return selector.keys().stream()
                .filter(key -> key.isValid() && key.channel() instanceof SocketChannel)
                .filter(key -> ((SocketChannel) key.channel()).socket().getLocalPort() == port)
                .count();
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
    }
}
