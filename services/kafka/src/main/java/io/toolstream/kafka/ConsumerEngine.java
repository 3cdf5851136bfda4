package io.toolstream.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the topics of a consumer group and hands every record to a {@link RecordHandler}, as many at once as the settings
 * allow, whatever the partition; commits, per partition, the end of the prefix that is done.
 *
 * <p>Promises: a committed offset implies that every record below it was completed by the handler; a record that was
 * handed over and not committed is read again, by whoever owns the partition then; nothing is read while there is no
 * room. A handler that fails ends the engine: nothing at or past its record is committed, the member leaves the group,
 * {@link #terminated()} fails.
 *
 * <p>One thread of its own, {@code poll-n}, which calls the handler. Methods here are for any thread; only {@code close}
 * blocks.
 */
public final class ConsumerEngine implements AutoCloseable {
    /** What closing takes beyond the drain: the last commit, leaving the group, and some air. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(15);

    private static final AtomicInteger THREADS = new AtomicInteger();

    private final ConsumerEngineSettings settings;
    private final PollLoop loop;
    private final Thread thread;
    private final ClientFigures figures;

    private ConsumerEngine(ConsumerEngineSettings settings, PollLoop loop, ClientFigures figures) {
        this.settings = settings;
        this.figures = figures;
        this.loop = loop;
        this.thread = new Thread(loop::run, "poll-" + THREADS.incrementAndGet());
        this.thread.setDaemon(true);
    }

    /** @throws org.apache.kafka.common.KafkaException if the client's properties make no sense */
    public static ConsumerEngine start(
            KafkaConnection connection, ConsumerEngineSettings settings, RecordHandler handler) {
        Map<String, Object> properties = ConsumerProperties.ofGroup(connection, settings);
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        ConsumerEngine engine = new ConsumerEngine(
                settings,
                new PollLoop(
                        consumer, settings, handler, ThreadLocalRandom.current().nextInt(), System::nanoTime),
                ClientFigures.ofConsumer(properties, consumer::metrics));
        engine.thread.start();
        return engine;
    }

    /**
     * Completes, on the poll thread, when this member has been given its first assignment, which may be empty;
     * exceptionally if the engine ends before.
     */
    public CompletableFuture<Void> assigned() {
        return loop.assigned().copy();
    }

    /** Completes, on the poll thread, when the engine has ended: exceptionally unless {@link #close} ended it. */
    public CompletableFuture<Void> terminated() {
        return loop.terminated().copy();
    }

    /** What its consumer tells of itself. */
    public ClientFigures figures() {
        return figures;
    }

    public EngineSnapshot snapshot() {
        return loop.snapshot();
    }

    /**
     * Reads nothing more, waits up to {@code drain} for what is in flight, commits, leaves the group. Later calls wait for
     * the first. Called by the handler on the poll thread it only begins.
     *
     * @return true if everything handed over was completed and committed
     */
    public boolean close(Duration drain) {
        loop.stop(drain);
        if (Thread.currentThread() != thread) {
            join(drain.plus(CLOSE_GRACE));
        }
        return loop.hasDrained();
    }

    /** As {@link #close(Duration)} with the settings' {@code drainTimeout}. */
    @Override
    public void close() {
        close(settings.drainTimeout());
    }

    private void join(Duration atMost) {
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
