package io.toolstream.bench.stub;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A way to a port of this machine on which answers can be held up. Two threads for each connection. */
final class SlowProxy implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 14;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;

    SlowProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        run(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on each piece of an answer comes so much later. */
    void delay(Duration time) {
        delay = time;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket caller) throws IOException {
        open.add(caller);
        Socket called;
        try {
            called = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException nobodyThere) {
            close(caller);
            return;
        }
        open.add(called);
        caller.setTcpNoDelay(true);
        called.setTcpNoDelay(true);
        run(() -> pass(caller, called, false));
        run(() -> pass(called, caller, true));
    }

    private void pass(Socket from, Socket to, boolean isHeldUp) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (isHeldUp) {
                    TimeUnit.NANOSECONDS.sleep(delay.toNanos());
                }
                out.write(chunk, 0, read);
            }
        } catch (IOException ended) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "slow-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void close(Socket socket) throws IOException {
        open.remove(socket);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            close(socket);
        }
    }
}
