package io.toolstream.embedded.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final KafkaNode node;
    private final BrokerThreads threads;
    private final int port;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private EmbeddedBroker(BrokerSettings settings, DataDirectory directory, LoopbackSockets sockets) {
        this.settings = settings;
        this.directory = directory;
        this.sockets = sockets;
        this.port = sockets.clientPort();
        this.threads = new BrokerThreads("broker-" + started.incrementAndGet());
        this.node = KafkaNode.create(
                BrokerProperties.of(
                        directory.path(), port, sockets.controllerAddress().getPort(), settings.startTimeout()),
                sockets,
                threads);
    }

    /**
     * Starts a broker and returns when it takes requests. A start that fails leaves nothing behind.
     *
     * @throws BrokerException if the directory is in use or unusable, or Kafka does not start within the time-out
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        DataDirectory directory = DataDirectory.open(settings.dataDirectory());
        EmbeddedBroker broker;
        try {
            broker = new EmbeddedBroker(settings, directory, LoopbackSockets.bind(settings.port()));
        } catch (RuntimeException e) {
            directory.close();
            throw e instanceof BrokerException ? e : new BrokerException("The broker could not be set up: " + e, e);
        }
        broker.startNode();
        return broker;
    }

    private void startNode() {
        try {
            threads.run("start", settings.startTimeout(), node::start);
        } catch (TimeoutException e) {
            close();
            throw new BrokerException("The broker was not up within " + settings.startTimeout(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
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

    /** Stays the same over restarts with the same directory. */
    public String clusterId() {
        return node.clusterId();
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
        try {
            Duration leave = settings.closeTimeout().dividedBy(2);
            threads.run("stop", settings.closeTimeout(), () -> node.stop(leave));
        } catch (TimeoutException e) {
            log.warn("The broker has not stopped within {}: its threads are interrupted", settings.closeTimeout());
            threads.interrupt();
        } catch (BrokerException e) {
            log.warn("The broker did not stop cleanly", e);
        }
    }
}
