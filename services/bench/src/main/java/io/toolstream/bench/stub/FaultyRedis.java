package io.toolstream.bench.stub;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The machine's own {@code redis-server}, on loopback and without files, that can be told to fail and to be well again. */
public final class FaultyRedis implements AutoCloseable {
    private static final Duration SLOW = Duration.ofMillis(20);
    private static final Duration LATE = Duration.ofMillis(200);
    private static final Duration UP = Duration.ofSeconds(10);
    private static final int FLUSH_MILLIS = 100;

    private final int port;
    private final SlowProxy proxy;
    private final ScheduledExecutorService flusher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "flush-redis");
        thread.setDaemon(true);
        return thread;
    });
    private volatile RedisFault fault = RedisFault.NONE;
    private Process process;

    private FaultyRedis(int port) throws IOException {
        this.port = port;
        this.process = spawn(port);
        this.proxy = new SlowProxy(port);
        awaitUp();
        var unused = flusher.scheduleWithFixedDelay(this::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Blocks until it answers. Fails where there is no such program. */
    public static FaultyRedis start() throws IOException {
        return new FaultyRedis(freePort());
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static Process spawn(int port) throws IOException {
        return new ProcessBuilder("redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "")
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
    }

    public URI url() {
        return URI.create("redis://127.0.0.1:" + proxy.port());
    }

    /** From now on. */
    public synchronized void fail(RedisFault other) {
        try {
            recover();
            fault = other;
            switch (other) {
                case NONE, FLUSHED -> {}
                case SLOW -> proxy.delay(SLOW);
                case LATE -> proxy.delay(LATE);
                case STOPPED -> signal("STOP");
                case KILLED -> kill();
                case READ_ONLY -> command("REPLICAOF", "127.0.0.1", "1");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void recover() throws IOException {
        switch (fault) {
            case NONE, FLUSHED -> {}
            case SLOW, LATE -> proxy.delay(Duration.ZERO);
            case STOPPED -> signal("CONT");
            case KILLED -> {
                process = spawn(port);
                awaitUp();
            }
            case READ_ONLY -> command("REPLICAOF", "NO", "ONE");
        }
    }

    private void flush() {
        if (fault == RedisFault.FLUSHED) {
            try {
                command("FLUSHALL");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void signal(String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .onExit()
                .join();
    }

    private void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private void awaitUp() throws IOException {
        long deadlineNanos = System.nanoTime() + UP.toNanos();
        while (!isUp()) {
            if (System.nanoTime() - deadlineNanos > 0 || !process.isAlive()) {
                throw new IOException("redis-server does not answer");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean isUp() {
        try {
            return command("PING").equals("+PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** One command on a connection of its own; the first line of the answer. */
    private String command(String... words) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) UP.toMillis());
            socket.getOutputStream().write((String.join(" ", words) + "\r\n").getBytes(US_ASCII));
            return String.valueOf(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine());
        }
    }

    @Override
    public synchronized void close() throws IOException {
        flusher.shutdownNow();
        if (fault == RedisFault.STOPPED) {
            signal("CONT");
        }
        kill();
        proxy.close();
    }
}
