package io.toolstream.embedded.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole Kafka cluster of one node inside this JVM, reachable on 127.0.0.1 only. Several can run at once, each with a
 * directory of its own. Starting and closing block, bounded by the settings; any thread may call.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final AtomicInteger started = new AtomicInteger();

    private final BrokerSettings settings;
    private final DataDirectory directory;
    private final LoopbackSockets sockets;
    private final int port;
    private final BrokerThreads threads = new BrokerThreads("broker-" + started.incrementAndGet());
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private volatile @Nullable KafkaNode node;

    private EmbeddedBroker(BrokerSettings settings, DataDirectory directory, LoopbackSockets sockets) {
        this.settings = settings;
        this.directory = directory;
        this.sockets = sockets;
        this.port = sockets.clientPort();
    }

    /**
     * Starts a broker and returns when it takes requests. A start that fails leaves nothing behind.
     *
     * @throws BrokerException if the directory is in use or unusable, or Kafka does not start within the time-out
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        EmbeddedBroker broker = bind(settings);
        broker.run();
        return broker;
    }

    /**
     * Takes directory and port, and no more: the address is known, clients that connect wait until {@link #run()} has
     * come that far. So whatever else has to start can start meanwhile.
     *
     * @throws BrokerException if the directory is in use or unusable
     */
    public static EmbeddedBroker bind(BrokerSettings settings) {
        DataDirectory directory = DataDirectory.open(settings.dataDirectory());
        try {
            return new EmbeddedBroker(settings, directory, LoopbackSockets.bind(settings.port()));
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /**
     * Starts a bound broker, once, and returns when it takes requests. If that fails, it is closed.
     *
     * @throws BrokerException if Kafka does not start, or not within the time-out
     */
    public void run() {
        try {
            threads.run("start", settings.startTimeout(), settings.closeTimeout(), this::startNode);
        } catch (TimeoutException e) {
            close();
            throw new BrokerException("The broker was not up within " + settings.startTimeout(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startNode() throws InterruptedException {
        boolean isAfterACrash = directory.wasLeftByACrash();
        directory.format();
        KafkaNode created = KafkaNode.create(
                BrokerProperties.of(
                        directory.path(), port, sockets.controllerAddress().getPort(), settings.startTimeout()),
                sockets,
                threads);
        node = created;
        created.start(isAfterACrash);
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The port that was bound, not always the wanted one. */
    public int port() {
        return port;
    }

    /** Where the topics are, temporary or not. */
    public Path dataDirectory() {
        return directory.path();
    }

    /** Stays the same over restarts with the same directory. Known once the broker runs. */
    public String clusterId() {
        KafkaNode running = node;
        if (running == null) {
            throw new IllegalStateException("The broker has not been started");
        }
        return running.clusterId();
    }

    /** Completes when the broker has been closed; exceptionally, with a {@link BrokerException}, if it fails before. */
    public CompletableFuture<Void> terminated() {
        return threads.fault().copy();
    }

    /** Stops the broker, connected clients or not, and deletes a temporary directory. Never throws; repeating is fine. */
    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        boolean wasInterrupted = Thread.interrupted();
        stopNode();
        threads.end(settings.closeTimeout());
        sockets.close();
        directory.close();
        threads.fault().complete(null);
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopNode() {
        KafkaNode running = node;
        if (running == null) {
            return;
        }
        try {
            Duration leave = settings.closeTimeout().dividedBy(2);
            threads.run("stop", settings.closeTimeout(), Duration.ZERO, () -> running.stop(leave));
        } catch (TimeoutException e) {
            log.warn("The broker has not stopped within {}: its threads are interrupted", settings.closeTimeout());
            threads.interrupt();
        } catch (BrokerException e) {
            log.warn("The broker did not stop cleanly", e);
        }
    }
}
