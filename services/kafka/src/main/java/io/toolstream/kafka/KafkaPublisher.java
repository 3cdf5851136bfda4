package io.toolstream.kafka;

import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Publisher} over one Kafka producer that never blocks who publishes: not for a topic used for the first time,
 * not for a full buffer. Such records wait aside, in order per topic, bounded in bytes and time, then fail as
 * {@code TRANSIENT}. Topics are looked up before their first use and never made; one that does not exist fails as
 * {@code DESTINATION} at once.
 *
 * <p>Records that one thread publishes to one partition stand there in that order, if it names the partition for all of them or
 * for none. The first record to a partition goes alone ({@link Introductions}). Threads of its own: the producer's and
 * the admin client's, and {@code publish-n} for what waits.
 */
public final class KafkaPublisher implements Publisher, PartitionCounts {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Producer<byte[], byte[]> producer;
    private final ClientFigures figures;
    private final Runnable closeLookup;
    private final ScheduledExecutorService executor;
    private final CachedPartitionCounts counts;
    private final WaitingRoom waitingRoom;
    private final Introductions introductions = new Introductions(System::nanoTime);

    KafkaPublisher(
            Producer<byte[], byte[]> producer,
            ClientFigures figures,
            PartitionCounts broker,
            Runnable closeLookup,
            ScheduledExecutorService executor,
            Duration patience) {
        this.producer = producer;
        this.figures = figures;
        this.closeLookup = closeLookup;
        this.executor = executor;
        this.counts = new CachedPartitionCounts(broker, System::nanoTime);
        this.waitingRoom = new WaitingRoom(this::give, patience, executor, System::nanoTime);
    }

    /** For what somebody waits for: calls, replies, claims. */
    public static KafkaPublisher latency(KafkaConnection connection) {
        return open(connection, ProducerProfile.latency());
    }

    /** For answers to calls in bulk: a few milliseconds later, and many together. */
    public static KafkaPublisher gathering(KafkaConnection connection) {
        return open(connection, ProducerProfile.gathering());
    }

    /** For what nobody waits for: events, dead letters, catalogue. */
    public static KafkaPublisher bulk(KafkaConnection connection) {
        return open(connection, ProducerProfile.bulk());
    }

    private static KafkaPublisher open(KafkaConnection connection, ProducerProfile profile) {
        Map<String, Object> properties = profile.clientProperties(connection);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        Admin admin = Admin.create(connection.clientProperties(profile.role() + "-lookup", Map.of(), Map.of()));
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "publish-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        return new KafkaPublisher(
                producer,
                ClientFigures.ofProducer(properties, producer::metrics),
                new TopicLookup(admin, producer, executor),
                () -> admin.close(Duration.ZERO),
                executor,
                profile.patience());
    }

    /**
     * Looks the topics up, so that their first record is as quick as the second.
     *
     * @return exceptionally, as {@link #partitions} does, if one of them cannot be looked up
     */
    public CompletableFuture<Void> warmUp(Collection<String> topics) {
        return CompletableFuture.allOf(topics.stream().map(counts::partitions).toArray(CompletableFuture<?>[]::new));
    }

    /** What its producer tells of itself. */
    public ClientFigures figures() {
        return figures;
    }

    /** As of the last minute. */
    @Override
    public CompletableFuture<Integer> partitions(String topic) {
        return counts.partitions(topic).copy();
    }

    @Override
    public CompletableFuture<RecordPosition> publish(String topic, @Nullable Integer partition, OutboundRecord record) {
        PendingSend send = new PendingSend(topic, partition, record, System.nanoTime());
        if (waitingRoom.hasLine(send.line()) || !give(send)) {
            waitingRoom.add(send);
        }
        return send.future();
    }

    /** Sends what the producer has, waiting up to 10 s; what still waits for the producer fails. */
    @Override
    public void close() {
        executor.shutdownNow();
        waitingRoom.close();
        producer.close(CLOSE_TIMEOUT);
        closeLookup.run();
    }

    /** True if nobody needs to care for the record any more: the producer has it, or it failed for good. */
    private boolean give(PendingSend send) {
        CompletableFuture<Integer> count = counts.partitions(send.topic());
        if (!count.isDone()) {
            return false;
        }
        if (!count.isCompletedExceptionally()) {
            return !send.fits(count.join()) || isTaken(send, count.join());
        }
        PublishException failure = failure(send.topic(), count);
        if (failure.kind() != PublishException.Kind.TRANSIENT) {
            send.fail(failure);
        }
        return failure.kind() != PublishException.Kind.TRANSIENT; // else asked again while the record has patience
    }

    private static PublishException failure(String topic, CompletableFuture<Integer> failed) {
        return failed.handle((partitions, failure) -> PublishErrors.of(topic, failure))
                .join();
    }

    private boolean isTaken(PendingSend send, int partitions) {
        Introductions.Entry entry = send.enter(introductions, partitions);
        if (entry == null) {
            return false;
        }
        TimeoutException notNow = send.sendTo(producer, entry.partition());
        if (notNow == null) {
            if (entry.isFirst()) {
                var unused = send.future().whenComplete((position, failure) -> entry.ended(failure == null));
            }
            return true;
        }
        entry.ended(false);
        if (!(notNow instanceof BufferExhaustedException)) {
            counts.forget(send.topic()); // the producer no longer knows the topic
        }
        return false;
    }
}
