package io.toolstream.testkit.stub;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A tool server on 127.0.0.1 that gives every {@code tools/call} the same result, from one thread of its own. HTTP/1.1
 * with connections kept alive, JSON answers, no sessions, the era with {@code initialize}.
 */
public final class InstantStub implements AutoCloseable {
    private final Selector selector;
    private final ServerSocketChannel listening;
    private final StubAnswers answers;
    private final long delayNanos;
    private final Deque<Due> waiting = new ArrayDeque<>();
    private final AtomicLong calls = new AtomicLong();

    private InstantStub(Selector selector, ServerSocketChannel listening, StubSettings settings) {
        this.selector = selector;
        this.listening = listening;
        this.answers = new StubAnswers(settings.resultBytes());
        this.delayNanos = settings.delay().toNanos();
    }

    /** A call that is answered later: all wait equally long, so the first is always the next. */
    private record Due(StubConnection connection, byte[] id, long atNanos) {}

    public static InstantStub start(StubSettings settings) {
        try {
            ServerSocketChannel listening = ServerSocketChannel.open();
            listening.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 1_000);
            listening.configureBlocking(false);
            Selector selector = Selector.open();
            listening.register(selector, SelectionKey.OP_ACCEPT);
            InstantStub stub = new InstantStub(selector, listening, settings);
            Thread thread = new Thread(stub::run, "instant-stub");
            thread.setDaemon(true);
            thread.start();
            return stub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prints the port on stdout and serves until stdin ends. Arguments: {@code [delayMillis [resultBytes]]}. */
    public static void main(String... arguments) throws IOException {
        StubSettings settings = StubSettings.instant();
        if (arguments.length > 0) {
            settings = settings.withDelay(Duration.ofMillis(Long.parseLong(arguments[0])));
        }
        if (arguments.length > 1) {
            settings = settings.withResultBytes(Integer.parseInt(arguments[1]));
        }
        try (InstantStub stub = start(settings)) {
            System.out.println(stub.port());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/mcp");
    }

    public int port() {
        return listening.socket().getLocalPort();
    }

    /** {@code tools/call} received. */
    public long calls() {
        return calls.get();
    }

    @Override
    public void close() {
        try {
            listening.close();
            selector.keys().forEach(InstantStub::closeConnection);
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeConnection(SelectionKey key) {
        if (key.attachment() instanceof StubConnection connection) {
            connection.close();
        }
    }

    StubAnswers answers() {
        return answers;
    }

    /** A connection has brought a call; on the stub's thread. */
    void called(StubConnection connection, byte[] source, int idStart, int idLength) {
        calls.lazySet(calls.get() + 1);
        if (delayNanos == 0) {
            answers.call(source, idStart, idLength, connection.output());
        } else {
            byte[] id = Arrays.copyOfRange(source, idStart, idStart + idLength);
            waiting.add(new Due(connection, id, System.nanoTime() + delayNanos));
        }
    }

    private void run() {
        try (selector) {
            while (listening.isOpen()) {
                selector.select(this::serve, millisUntilDue());
                answerDue();
            }
        } catch (ClosedSelectorException e) {
            // Closed while it waited.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SelectionKey key) {
        if (key.attachment() instanceof StubConnection connection) {
            attempt(connection, connection::ready);
        } else {
            accept();
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listening.accept();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(new StubConnection(channel, key, this));
        } catch (IOException e) {
            // The client gave up before it was accepted, or the stub is being closed.
        }
    }

    private long millisUntilDue() {
        Due next = waiting.peek();
        if (next == null) {
            return 0;
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.atNanos() - System.nanoTime()));
    }

    private void answerDue() {
        long nowNanos = System.nanoTime();
        for (Due due = waiting.peek(); due != null && due.atNanos() - nowNanos <= 0; due = waiting.peek()) {
            waiting.remove();
            if (due.connection().isOpen()) {
                answers.call(due.id(), 0, due.id().length, due.connection().output());
                attempt(due.connection(), due.connection()::flush);
            }
        }
    }

    /** A connection that breaks harms no other. */
    private static void attempt(StubConnection connection, Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            connection.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }
}
