package io.toolstream.embedded.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The demo's tools over HTTP, on 127.0.0.1 unless told otherwise. What {@code remember} and {@code increment} keep is lost on
 * close. Any thread may start and close it.
 */
public final class DemoToolServer implements AutoCloseable {
    static final String PATH = "/mcp";

    private static final int THREADS = 2;
    private static final String LOOPBACK = "127.0.0.1";

    static {
        // Head and body of an answer are written one after the other: without this the second waits 40 ms for the
        // first.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer http;
    private final ExecutorService threads;

    private DemoToolServer(HttpServer http, ExecutorService threads) {
        this.http = http;
        this.threads = threads;
    }

    /** On any free port. */
    public static DemoToolServer start() {
        return start(0);
    }

    /** On this port of 127.0.0.1; 0 for any free one. */
    public static DemoToolServer start(int port) {
        return start(LOOPBACK, port);
    }

    /** On this port, 0 for any free one, of this address: whoever reaches it may use the tools. */
    public static DemoToolServer start(String host, int port) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
            AtomicInteger number = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, work -> {
                Thread thread = new Thread(work, "demo-tools-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            http.setExecutor(threads);
            http.createContext("/", new DemoHttp(new DemoProtocol(new DemoTools(Clock.systemUTC())), threads));
            http.start();
            return new DemoToolServer(http, threads);
        } catch (IOException e) {
            throw new UncheckedIOException("The demo tool server cannot listen on port " + port + " of " + host, e);
        }
    }

    /** Where MCP clients of this machine find it. */
    public URI url() {
        InetSocketAddress address = http.getAddress();
        String host = address.getAddress().isAnyLocalAddress() ? LOOPBACK : address.getHostString();
        return URI.create("http://" + host + ":" + address.getPort() + PATH);
    }

    /** Drops what is being answered. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
