package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
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
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                ConsumerProperties.ofReader(connection, "range-" + topic),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        try {
            return readAll(consumer, new TailPartitions(topic, null, StartAt.BEGINNING), onCallingThread);
        } catch (KafkaException e) {
            throw new BrokerUnavailableException("topic " + topic + " cannot be read: " + e.getMessage(), e);
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO)); // else it waits for its last, idle fetch
        }
    }

    private static long readAll(
            KafkaConsumer<byte[], byte[]> consumer, TailPartitions partitions, Consumer<InboundRecord> handler) {
        Set<TopicPartition> all = partitions.of(consumer);
        if (all.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no such topic");
        }
        consumer.assign(all);
        partitions.seekStart(consumer, all);
        CatchUp catchUp = CatchUp.of(consumer, all);
        long handedOver = 0;
        long progressNanos = System.nanoTime();
        while (!catchUp.isDone()) {
            ConsumerRecords<byte[], byte[]> records = poll(consumer);
            handedOver += handOver(records, catchUp, handler);
            if (!records.nextOffsets().isEmpty()) {
                progressNanos = System.nanoTime();
            } else if (System.nanoTime() - progressNanos > PATIENCE.toNanos()) {
                throw new TimeoutException("no progress for " + PATIENCE);
            }
        }
        return handedOver;
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

    private static long handOver(
            ConsumerRecords<byte[], byte[]> records, CatchUp catchUp, Consumer<InboundRecord> handler) {
        long handedOver = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (catchUp.includes(new TopicPartition(record.topic(), record.partition()), record.offset())) {
                handler.accept(InboundRecords.of(record));
                handedOver++;
            }
        }
        return handedOver;
    }
}
