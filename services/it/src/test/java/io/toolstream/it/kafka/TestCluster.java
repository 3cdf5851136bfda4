package io.toolstream.it.kafka;

import io.toolstream.kafka.KafkaConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.awaitility.Awaitility;

/** A broker as tests see it from outside: topics, records, committed offsets, without our own module. */
public final class TestCluster implements AutoCloseable {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final String bootstrapServers;
    private final Admin admin;

    public TestCluster(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    public KafkaConnection connection() {
        return connection(Map.of());
    }

    KafkaConnection connection(Map<String, String> properties) {
        return new KafkaConnection(bootstrapServers, "test", properties);
    }

    /** A name nobody has used. */
    public static String fresh(String what) {
        return what + "-" + NAMES.incrementAndGet();
    }

    public String topic(int partitions) {
        return topic(partitions, Map.of());
    }

    String topic(int partitions, Map<String, String> configs) {
        String name = fresh("topic");
        makeTopic(name, partitions, configs);
        return name;
    }

    public void makeTopic(String name, int partitions) {
        makeTopic(name, partitions, Map.of());
    }

    public void makeTopic(String name, int partitions, Map<String, String> configs) {
        await(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(configs)))
                .all());
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> isThere(name));
    }

    private boolean isThere(String topic) {
        var described = admin.describeTopics(List.of(topic)).allTopicNames().toCompletionStage();
        return await(described.toCompletableFuture().handle((found, missing) -> missing == null));
    }

    public void deleteTopic(String topic) {
        await(admin.deleteTopics(List.of(topic)).all());
    }

    /** All topics whose names begin with that of the group, and the group itself: what an app of Kafka Streams knows. */
    public void forget(String group) {
        List<String> topics = await(admin.listTopics().names()).stream()
                .filter(topic -> topic.startsWith(group + "-"))
                .toList();
        if (topics.isEmpty()) {
            throw new IllegalStateException("nothing to forget: no topics of " + group);
        }
        await(admin.deleteTopics(topics).all());
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> await(admin.deleteConsumerGroups(List.of(group)).all()) == null);
    }

    void addPartitions(String topic, int total) {
        await(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total)))
                .all());
    }

    void deleteRecordsBefore(String topic, int partition, long offset) {
        await(admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
                .all());
    }

    /** Produces records with the values {@code from} to {@code to}, spread over the partitions. */
    void produce(String topic, int partitions, int from, int to) {
        try (KafkaProducer<byte[], Integer> producer = producer(Map.of("linger.ms", "5"))) {
            for (int value = from; value < to; value++) {
                var unused = producer.send(new ProducerRecord<>(topic, value % partitions, null, value));
            }
            producer.flush();
        }
    }

    KafkaProducer<byte[], Integer> producer(Map<String, String> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("bootstrap.servers", bootstrapServers);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new IntegerSerializer());
    }

    /** A transaction of so many records that is given up: they and its marker leave a gap for committed readers. */
    void abort(String topic, int partition, int records) {
        transaction(topic, partition, records, false);
    }

    /** A transaction of so many records, with the values from 0, that ends well: its marker leaves a gap behind them. */
    void commit(String topic, int partition, int records) {
        transaction(topic, partition, records, true);
    }

    private void transaction(String topic, int partition, int records, boolean endsWell) {
        try (KafkaProducer<byte[], Integer> producer = producer(Map.of("transactional.id", fresh("transaction")))) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int value = 0; value < records; value++) {
                await(producer.send(new ProducerRecord<>(topic, partition, null, value)));
            }
            if (endsWell) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    /** By partition; what was never committed is absent. */
    public Map<Integer, Long> committed(String group) {
        Map<Integer, Long> offsets = new HashMap<>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        offsets.put(partition.partition(), offset.offset());
                    }
                });
        return offsets;
    }

    /** What a group's commit says beside its offset, by partition. */
    Map<Integer, String> notes(String group) {
        Map<Integer, String> notes = new HashMap<>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        notes.put(partition.partition(), offset.metadata());
                    }
                });
        return notes;
    }

    /** The group, which has no members, reads these partitions again: from the offset given, or from their start. */
    public void rewind(String group, String topic, Map<Integer, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        committed(group)
                .keySet()
                .forEach(partition -> commits.put(
                        new TopicPartition(topic, partition),
                        new OffsetAndMetadata(offsets.getOrDefault(partition, 0L))));
        await(admin.alterConsumerGroupOffsets(group, commits).all());
    }

    public Map<Integer, Long> ends(String topic, int partitions) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            wanted.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        Map<Integer, Long> ends = new HashMap<>();
        await(admin.listOffsets(wanted).all())
                .forEach((partition, info) -> ends.put(partition.partition(), info.offset()));
        return ends;
    }

    @Override
    public void close() {
        admin.close();
    }

    static <T> T await(org.apache.kafka.common.KafkaFuture<T> future) {
        return await(future.toCompletionStage().toCompletableFuture());
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
