package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.wire.Headers;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KafkaPublisherTest {
    private final RefusingProducer producer = new RefusingProducer();
    private final List<CompletableFuture<Integer>> asked = new CopyOnWriteArrayList<>();
    private KafkaPublisher publisher = publisher(Duration.ofSeconds(25));

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void publish_toATopicBeingLookedUp_waitsAside_inOrder() {
        // Given records published while their topic is looked up
        List<CompletableFuture<RecordPosition>> futures = publish(0, 50);
        assertThat(producer.values()).isEmpty();

        // When the answer comes, and more are published meanwhile
        asked.get(0).complete(4);
        futures.addAll(publish(50, 100));

        // Then all are sent in their order, and the topic was asked for once
        CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new)).join();
        assertThat(producer.values()).hasSize(100).isSorted();
        assertThat(asked).hasSize(1);
    }

    @Test
    void publish_toATopicBeingLookedUp_holdsUpNoOther() {
        publish(0, 1);
        use("other");
        asked.get(1).complete(1);

        assertThat(publisher.publish("other", null, record(1))).isCompleted();
    }

    @Test
    void publish_intoAFullBuffer_waitsUntilThereIsRoom_inOrder() {
        CompletableFuture<Integer> known = publisher.partitions("calls");
        asked.get(0).complete(4);
        assertThat(known).isCompletedWithValue(4);
        producer.refusal = new BufferExhaustedException("full");
        List<CompletableFuture<RecordPosition>> futures = publish(0, 20);
        assertThat(futures).noneMatch(CompletableFuture::isDone);

        producer.refusal = null;
        futures.addAll(publish(20, 40));

        CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new)).join();
        assertThat(producer.values()).hasSize(40).isSorted();
    }

    @Test
    void publish_intoABufferThatStaysFull_failsAsTransient() {
        publisher = publisher(Duration.ofMillis(300));
        use("calls");
        asked.get(0).complete(4);
        producer.refusal = new BufferExhaustedException("full");

        assertThat(kind(publish(0, 1).get(0))).isEqualTo(Kind.TRANSIENT);

        producer.refusal = null;
        assertThat(publish(1, 2).get(0).join().topic()).isEqualTo("calls");
    }

    @Test
    void publish_toATopicTheProducerHasForgotten_looksItUpAgain() {
        use("calls");
        asked.get(0).complete(4);
        producer.refusal = new TimeoutException("Topic calls not present in metadata after 0 ms.");
        CompletableFuture<RecordPosition> future = publish(0, 1).get(0);
        await().until(() -> asked.size() == 2);
        assertThat(future).isNotDone();

        producer.refusal = null;
        asked.get(1).complete(4);
        assertThat(future.join().topic()).isEqualTo("calls");
    }

    @Test
    void publish_toATopicThatIsGone_failsAsDestination() {
        CompletableFuture<RecordPosition> future = publish(0, 1).get(0);
        asked.get(0).completeExceptionally(new PublishException(Kind.DESTINATION, "no such topic", null));

        assertThat(kind(future)).isEqualTo(Kind.DESTINATION);
    }

    @Test
    void close_failsWhatWaits() {
        CompletableFuture<RecordPosition> waiting = publish(0, 1).get(0);
        publisher.close();

        assertThat(kind(waiting)).isEqualTo(Kind.FATAL);
        assertThat(kind(publish(1, 2).get(0))).isEqualTo(Kind.FATAL);
    }

    @Test
    void publish_byManyThreads_whileTheProducerStutters_losesAndReordersNothing() throws Exception {
        // Given a producer that now and then has no room
        AtomicInteger sends = new AtomicInteger();
        producer.refuses = () -> sends.incrementAndGet() % 97 == 0;
        int threads = 4;
        int each = 2_000;
        List<CompletableFuture<RecordPosition>> futures = java.util.Collections.synchronizedList(new ArrayList<>());
        var executor = Executors.newFixedThreadPool(threads);
        List<Future<?>> publishing = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            byte id = (byte) thread;
            publishing.add(executor.submit(() -> {
                for (int i = 0; i < each; i++) {
                    byte[] value = {id, (byte) (i >> 8), (byte) i};
                    futures.add(publisher.publish("calls", 0, new OutboundRecord(null, value, Headers.NONE)));
                }
            }));
        }
        await().until(() -> !asked.isEmpty());
        asked.get(0).complete(1);
        for (Future<?> one : publishing) {
            one.get();
        }
        CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new)).join();
        executor.shutdown();

        // Then each thread's records were sent once and in its order
        int[] next = new int[threads];
        for (ProducerRecord<byte[], byte[]> sent : producer.history()) {
            byte[] value = sent.value();
            assertThat(((value[1] & 0xFF) << 8) | (value[2] & 0xFF)).isEqualTo(next[value[0]]++);
        }
        assertThat(next).containsOnly(each);
    }

    private KafkaPublisher publisher(Duration patience) {
        return new KafkaPublisher(
                producer,
                ClientFigures.ofProducer(Map.of(), producer::metrics),
                topic -> ask(),
                () -> {},
                Executors.newSingleThreadScheduledExecutor(),
                patience);
    }

    private void use(String topic) {
        var unused = publisher.partitions(topic);
    }

    private synchronized CompletableFuture<Integer> ask() {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    private List<CompletableFuture<RecordPosition>> publish(int from, int to) {
        List<CompletableFuture<RecordPosition>> futures = new ArrayList<>();
        for (int value = from; value < to; value++) {
            futures.add(publisher.publish("calls", null, record(value)));
        }
        return futures;
    }

    private static OutboundRecord record(int value) {
        return new OutboundRecord(null, new byte[] {(byte) value}, Headers.NONE);
    }

    private static Kind kind(CompletableFuture<?> future) {
        try {
            throw new AssertionError(
                    "published: " + future.orTimeout(25, TimeUnit.SECONDS).join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof PublishException failure) {
                return failure.kind();
            }
            throw e;
        }
    }

    /** Behaves as a producer with {@code max.block.ms} 0: tells the callback at once what it cannot take. */
    private static final class RefusingProducer extends MockProducer<byte[], byte[]> {
        volatile @Nullable TimeoutException refusal;
        volatile java.util.function.BooleanSupplier refuses = () -> refusal != null;

        RefusingProducer() {
            super(Cluster.empty(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        List<Integer> values() {
            return history().stream().map(sent -> (int) sent.value()[0]).toList();
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            if (!refuses.getAsBoolean()) {
                return super.send(record, callback);
            }
            TimeoutException why = refusal == null ? new BufferExhaustedException("full") : refusal;
            callback.onCompletion(null, why);
            return CompletableFuture.failedFuture(why);
        }
    }
}
