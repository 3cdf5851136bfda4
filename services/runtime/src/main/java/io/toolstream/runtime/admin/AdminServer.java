package io.toolstream.runtime.admin;

import com.sun.net.httpserver.HttpServer;
import io.toolstream.runtime.Threads;
import io.toolstream.runtime.meter.Scrape;
import io.toolstream.settings.AdminSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The HTTP endpoint for probes and metrics: {@code GET /livez}, {@code /readyz}, {@code /readyz?verbose}, {@code /startupz},
 * {@code /metrics}, and what else was added. Two threads; what comes while both are busy and the short queue is full is dropped.
 */
public final class AdminServer implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int MOST_WAITING = 64;

    static {
        // Read once by the JDK's server: seconds for a request to arrive in full, and no waiting for full packets.
        setIfAbsent("sun.net.httpserver.maxReqTime", "10");
        setIfAbsent("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private AdminServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Binds and answers from now on.
     *
     * @param metrics what a scraper is given that accepts this
     * @param actions may be added to later
     * @throws IOException if the address cannot be bound
     */
    public static AdminServer start(
            AdminSettings settings, HealthChecks health, Function<String, Scrape> metrics, AdminActions actions)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
        HttpServer server = HttpServer.create(address, MOST_WAITING);
        ExecutorService threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Threads.daemons("admin"),
                new ThreadPoolExecutor.DiscardPolicy());
        server.setExecutor(threads);
        health.drainDelay(settings.drainDelay());
        server.createContext("/", new AdminHandler(health, metrics, actions, new HostRule(settings.host())));
        server.start();
        return new AdminServer(server, threads);
    }

    /** With the port that was chosen. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
