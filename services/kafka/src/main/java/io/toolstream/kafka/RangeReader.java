package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads what stands in a topic, once, on the calling thread. */
public final class RangeReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RangeReader() {}

    /**
     * Reads all partitions from the oldest record up to the end offsets at the start of the call, each partition in its
     * order. Blocks until then; what the record consumer throws gets out.
     *
     * @return how many records were handed over
     * @throws BrokerUnavailableException if there is no such topic, or no progress for half a minute
     */
    public static long readAll(KafkaConnection connection, String topic, Consumer<InboundRecord> onCallingThread) {
        return reading(connection, topic, consumer -> readAll(consumer, topic, null, every(onCallingThread)));
    }

    /**
     * Reads some partitions from these offsets, or what is left behind them, up to the end offsets at the start of the call.
     * Otherwise as {@link #readAll}.
     *
     * @param from partition to offset
     */
    public static long readFrom(
            KafkaConnection connection,
            String topic,
            Map<Integer, Long> from,
            Consumer<InboundRecord> onCallingThread) {
        if (from.isEmpty()) {
            return 0;
        }
        Map<TopicPartition, Long> starts = new HashMap<>();
        from.forEach((partition, offset) -> starts.put(new TopicPartition(topic, partition), offset));
        return reading(connection, topic, consumer -> {
            consumer.assign(starts.keySet());
            starts.forEach(consumer::seek);
            return readOn(consumer, starts.keySet(), every(onCallingThread));
        });
    }

    /**
     * Reads what was written at or after a moment, by the records' timestamps, or until the handler returns false;
     * otherwise as {@link #readAll}.
     */
    public static long readSince(
            KafkaConnection connection, String topic, Instant since, Predicate<InboundRecord> onCallingThread) {
        return reading(connection, topic, consumer -> readAll(consumer, topic, since, onCallingThread));
    }

    private static Predicate<InboundRecord> every(Consumer<InboundRecord> handler) {
        return record -> {
            handler.accept(record);
            return true;
        };
    }

    /**
     * The end offsets of all partitions now. Blocks.
     *
     * @throws BrokerUnavailableException if there is no such topic, or the broker cannot be asked
     */
    public static Map<Integer, Long> ends(KafkaConnection connection, String topic) {
        return reading(connection, topic, consumer -> {
            Set<TopicPartition> all = new TailPartitions(topic, null, StartAt.END).of(consumer);
            if (all.isEmpty()) {
                throw new UnknownTopicOrPartitionException("there is no such topic");
            }
            consumer.assign(all); // else the client warns of each that it keeps no offset for it
            Map<Integer, Long> ends = new TreeMap<>();
            consumer.endOffsets(all, PATIENCE).forEach((partition, end) -> ends.put(partition.partition(), end));
            return ends;
        });
    }

    private static <T> T reading(
            KafkaConnection connection, String topic, Function<KafkaConsumer<byte[], byte[]>, T> task) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                ConsumerProperties.ofReader(connection, "range-" + topic),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        try {
            return task.apply(consumer);
        } catch (KafkaException e) {
            throw new BrokerUnavailableException("topic " + topic + " cannot be read: " + e.getMessage(), e);
        } finally {
            close(consumer);
        }
    }

    /** Closing fails on a thread that is marked, and would hide why the reading ended. */
    private static void close(KafkaConsumer<byte[], byte[]> consumer) {
        boolean isInterrupted = Thread.interrupted();
        try {
            consumer.close(CloseOptions.timeout(Duration.ZERO)); // else it waits for its last, idle fetch
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static long readAll(
            KafkaConsumer<byte[], byte[]> consumer,
            String topic,
            @Nullable Instant since,
            Predicate<InboundRecord> handler) {
        TailPartitions partitions = new TailPartitions(topic, null, StartAt.BEGINNING);
        Set<TopicPartition> all = partitions.of(consumer);
        if (all.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no such topic");
        }
        consumer.assign(all);
        partitions.seekStart(consumer, all);
        if (since != null) {
            seek(consumer, all, since);
        }
        return readOn(consumer, all, handler);
    }

    private static long readOn(
            KafkaConsumer<byte[], byte[]> consumer, Set<TopicPartition> all, Predicate<InboundRecord> handler) {
        CatchUp catchUp = CatchUp.of(consumer, all);
        Handover handover = new Handover(catchUp, handler);
        long progressNanos = System.nanoTime();
        while (!catchUp.isDone() && !handover.isStopped) {
            ConsumerRecords<byte[], byte[]> records = poll(consumer);
            handover.accept(records);
            if (!records.nextOffsets().isEmpty()) {
                progressNanos = System.nanoTime();
            } else if (System.nanoTime() - progressNanos > PATIENCE.toNanos()) {
                throw new TimeoutException("no progress for " + PATIENCE);
            }
        }
        return handover.count;
    }

    /** A partition without a record as young has nothing to read. */
    private static void seek(KafkaConsumer<byte[], byte[]> consumer, Set<TopicPartition> all, Instant since) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        all.forEach(partition -> wanted.put(partition, since.toEpochMilli()));
        consumer.offsetsForTimes(wanted, PATIENCE).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(Set.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }

    /** A retention that overtakes the reading leaves nothing to read before the log's start. */
    private static ConsumerRecords<byte[], byte[]> poll(KafkaConsumer<byte[], byte[]> consumer) {
        try {
            return consumer.poll(POLL);
        } catch (InvalidOffsetException e) {
            consumer.seekToBeginning(e.partitions());
            return ConsumerRecords.empty();
        }
    }

    /** Gives records to the handler until it has had enough. */
    private static final class Handover {
        private final CatchUp catchUp;
        private final Predicate<InboundRecord> handler;
        private long count;
        private boolean isStopped;

        Handover(CatchUp catchUp, Predicate<InboundRecord> handler) {
            this.catchUp = catchUp;
            this.handler = handler;
        }

        void accept(ConsumerRecords<byte[], byte[]> records) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (!isStopped && catchUp.includes(partition, record.offset())) {
                    isStopped = !handler.test(InboundRecords.of(record));
                    count++;
                }
            }
        }
    }
}
