package io.toolstream.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a thread that reads without a group: the only one to touch its consumer. Goes on through what passes, ends
 * with what does not. What it reads, and what becomes of that, is its {@link Reading}. Methods here are for any thread;
 * only {@code close} blocks.
 */
final class ReadLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReadLoop.class);
    private static final long BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final Reading reading;
    private final String title;
    private final Thread thread;
    private final PollSignal signal = new PollSignal();
    private final Trouble trouble;
    private final Pulse pulse;
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();
    private ConsumerRecords<byte[], byte[]> read = ConsumerRecords.empty(); // of the thread
    private volatile boolean isStopped;

    /** @param title of what is read, in the log */
    ReadLoop(Consumer<byte[], byte[]> consumer, Reading reading, String title, String thread) {
        this.consumer = consumer;
        this.reading = reading;
        this.title = title;
        this.thread = new Thread(this::run, thread);
        this.thread.setDaemon(true);
        this.trouble = new Trouble(title + " cannot be followed");
        this.pulse = new Pulse(System::nanoTime, consumer::metrics);
    }

    /** On a consumer of its own with these properties. */
    static ReadLoop start(Map<String, Object> properties, Reading reading, String title, String thread) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        return new ReadLoop(consumer, reading, title, thread).start();
    }

    ReadLoop start() {
        thread.start();
        return this;
    }

    /** Completes when the loop has ended: exceptionally unless {@link #close} ended it. */
    CompletableFuture<Void> terminated() {
        return terminated.copy();
    }

    /** What keeps it from reading, null while nothing does. */
    @Nullable
    String trouble() {
        return trouble.now();
    }

    /** The same, and a broker that says nothing: for what always has a fetch under way. */
    @Nullable
    String troubleOrSilence() {
        String met = trouble.now();
        return met != null || !pulse.isSilent() ? met : title + ": the broker does not answer";
    }

    /** The reading became urgent: ends a rest. */
    void hurry() {
        signal.ring();
    }

    /** What is to be read has changed: ends a rest, or a poll. */
    void changed() {
        signal.ring();
        consumer.wakeup();
    }

    /** Ends the loop and waits for its thread, up to 10 s; on that thread it only begins. */
    @Override
    public void close() {
        isStopped = true;
        changed();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        @Nullable Throwable failure = null;
        try {
            while (!isStopped) {
                turn();
            }
        } catch (Throwable e) { // the thread's backstop
            failure = e;
        }
        end(failure);
    }

    private void turn() {
        read = ConsumerRecords.empty();
        attempt(() -> read = reading.read(consumer));
        reading.handOver(read);
        attempt(() -> reading.look(consumer));
        pulse.look();
        long restNanos = reading.restNanos(read.count());
        if (restNanos > 0) {
            signal.await(() -> isStopped || reading.isUrgent(), restNanos);
        }
    }

    private void attempt(Runnable step) {
        try {
            step.run();
            trouble.over();
        } catch (WakeupException e) {
            log.trace("woken"); // to look whether to go on, and with what
        } catch (InvalidOffsetException e) {
            log.warn("{}: the position is not in the log", e.partitions());
            reading.lost(consumer, e.partitions());
        } catch (KafkaException e) {
            if (!PollFailures.mayPass(e, reading.hasBegun())) {
                throw e;
            }
            trouble.met(e);
            signal.await(() -> isStopped, BACK_OFF_NANOS);
        }
    }

    private void end(@Nullable Throwable failure) {
        try {
            consumer.close(CloseOptions.timeout(Duration.ZERO)); // else it waits for its last, idle fetch
        } catch (RuntimeException e) {
            log.warn("the consumer of {} did not close in good order", title, e);
        }
        if (failure == null) {
            terminated.complete(null);
        } else {
            log.error("{} is no longer followed", title, failure);
            terminated.completeExceptionally(failure);
        }
        reading.ended(failure);
    }
}
