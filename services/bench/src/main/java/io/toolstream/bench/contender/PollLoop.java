package io.toolstream.bench.contender;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** A bare poll loop on its own thread: the consumer is made, used and closed by it alone. */
final class PollLoop implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration START = Duration.ofSeconds(30);

    private static final Duration END = Duration.ofSeconds(5);

    /** Takes records on the poll thread. */
    interface Handler {
        void handle(ConsumerRecord<byte[], byte[]> record);
    }

    private final Consumer<byte[], byte[]> consumer;
    private final Handler handler;
    private final CountDownLatch assigned = new CountDownLatch(1);
    private final Thread thread;

    private PollLoop(Consumer<byte[], byte[]> consumer, Handler handler, String name) {
        this.consumer = consumer;
        this.handler = handler;
        this.thread = new Thread(this::run, name);
    }

    /** As a member of a group; returns once partitions are assigned. */
    static PollLoop subscribed(Consumer<byte[], byte[]> consumer, String topic, Handler handler) {
        PollLoop loop = new PollLoop(consumer, handler, "poll-" + topic);
        consumer.subscribe(List.of(topic), loop.new Assigned());
        loop.thread.start();
        loop.awaitAssigned();
        return loop;
    }

    /** On one partition from its end; returns once whatever is produced will be seen. */
    static PollLoop following(Consumer<byte[], byte[]> consumer, TopicPartition partition, Handler handler) {
        PollLoop loop = new PollLoop(consumer, handler, "tail-" + partition);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        consumer.position(partition, START);
        loop.thread.start();
        return loop;
    }

    private void awaitAssigned() {
        try {
            if (!assigned.await(START.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("no partition assigned within " + START.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for partitions", e);
        }
    }

    private void run() {
        try (consumer) {
            while (true) {
                consumer.poll(POLL).forEach(handler::handle);
            }
        } catch (WakeupException e) {
            // Closed: the end of the loop.
        }
    }

    /** Ends the loop and waits for it, within bounds. */
    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Assigned implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            assigned.countDown();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
    }
}
