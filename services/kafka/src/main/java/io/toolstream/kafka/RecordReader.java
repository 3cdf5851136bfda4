package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads single records back by their position, one after the other, for what is seldom asked. Any thread may call;
 * nothing blocks but {@code close}. A thread of its own, {@code read-n}, and a consumer, both from the first question on.
 */
public final class RecordReader implements AutoCloseable {
    private static final int MOST_WAITING = 10_000;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final KafkaConnection connection;
    private final ThreadPoolExecutor thread;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer; // of the thread

    public RecordReader(KafkaConnection connection) {
        this.connection = connection;
        this.thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), RecordReader::thread);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "read-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * The record at this position.
     *
     * @return completes on the reader's thread, exceptionally with a {@link BrokerUnavailableException} if the record is
     *     not there, cannot be read now, or too many ask
     */
    public CompletableFuture<InboundRecord> read(RecordPosition position) {
        try {
            return CompletableFuture.supplyAsync(() -> readNow(position), thread);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new BrokerUnavailableException("too many records are asked for", e));
        }
    }

    private InboundRecord readNow(RecordPosition position) {
        try {
            return find(consumer(), position);
        } catch (KafkaException e) {
            throw new BrokerUnavailableException(position + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static InboundRecord find(KafkaConsumer<byte[], byte[]> consumer, RecordPosition position) {
        TopicPartition partition = new TopicPartition(position.topic(), position.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, position.offset());
        long beganNanos = System.nanoTime();
        while (System.nanoTime() - beganNanos < PATIENCE_NANOS) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() == position.offset()) {
                    return InboundRecords.of(record);
                }
                throw new KafkaException("it is no longer there");
            }
        }
        throw new KafkaException("it did not come in time");
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        KafkaConsumer<byte[], byte[]> known = consumer;
        if (known == null) {
            known = new KafkaConsumer<>(
                    ConsumerProperties.ofSingleReads(connection),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            consumer = known;
        }
        return known;
    }

    /** What is asked for and not read yet is never answered. */
    @Override
    public void close() {
        thread.getQueue().clear();
        thread.execute(() -> {
            KafkaConsumer<byte[], byte[]> known = consumer;
            if (known != null) {
                known.close(CloseOptions.timeout(Duration.ZERO));
            }
        });
        thread.shutdown();
        try {
            boolean unused = thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
