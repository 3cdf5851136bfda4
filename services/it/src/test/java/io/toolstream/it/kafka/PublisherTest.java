package io.toolstream.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.KafkaPublisher;
import io.toolstream.kafka.PublishException;
import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.kafka.RangeReader;
import io.toolstream.wire.Header;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.RecordPosition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PublisherTest {
    private static final OutboundRecord SMALL = record(10);

    /** How long a record waits for what it needs, without holding up anybody. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Whoever takes longer to hand a record over waits for something; a busy machine takes some of it. */
    private static final Duration BLOCKED = Duration.ofSeconds(5);

    @Test
    void publish_saysWhereTheRecordStands_andWritesEveryByte(TestCluster cluster) {
        String topic = cluster.topic(4);
        Header header = new Header("correlation-id", new byte[] {0, -1, 7});
        OutboundRecord sent = new OutboundRecord(new byte[] {1}, new byte[] {2, 3}, Headers.of(header, header));
        try (KafkaPublisher publisher = KafkaPublisher.latency(cluster.connection())) {
            RecordPosition first = publisher.publish(topic, 3, sent).join();
            RecordPosition second = publisher.publish(topic, 3, sent).join();

            assertThat(first).isEqualTo(new RecordPosition(topic, 3, 0));
            assertThat(second).isEqualTo(new RecordPosition(topic, 3, 1));
        }
        List<InboundRecord> read = new ArrayList<>();
        RangeReader.readAll(cluster.connection(), topic, read::add);
        assertThat(read).hasSize(2);
        assertThat(read.get(0).key()).isEqualTo(sent.key());
        assertThat(read.get(0).value()).isEqualTo(sent.value());
        assertThat(read.get(0).headers().all()).hasSize(2);
        assertThat(read.get(0).headers().last("correlation-id")).hasValue(header.value());
    }

    @Test
    void publish_toNewTopics_fromOneThread_keepsTheOrderAndNeverBlocks(TestCluster cluster) {
        List<String> topics =
                IntStream.range(0, 20).mapToObj(i -> cluster.topic(1)).toList();
        List<CompletableFuture<RecordPosition>> futures = new ArrayList<>();
        long slowest = 0;
        try (KafkaPublisher publisher = KafkaPublisher.latency(cluster.connection())) {
            for (int i = 0; i < 2_000; i++) {
                long began = System.nanoTime();
                futures.add(publisher.publish(topics.get(i % topics.size()), null, record(i, 100)));
                slowest = Math.max(slowest, System.nanoTime() - began);
            }
            CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
                    .join();
        }
        System.out.println("slowest publish " + Duration.ofNanos(slowest));
        assertThat(Duration.ofNanos(slowest)).isLessThan(BLOCKED);
        for (String topic : topics) {
            assertInOrder(cluster, topic, 100);
        }
    }

    @Test
    void publish_pastTheBuffer_waitsAside_inOrder_withoutBlocking(TestCluster cluster) {
        String topic = cluster.topic(1);
        List<CompletableFuture<RecordPosition>> futures = new ArrayList<>();
        long slowest = 0;
        try (KafkaPublisher publisher =
                KafkaPublisher.latency(cluster.connection(Map.of("buffer.memory", "1000000")))) {
            publisher.warmUp(List.of(topic)).join();
            for (int i = 0; i < 300; i++) {
                long began = System.nanoTime();
                futures.add(publisher.publish(topic, 0, record(i, 100_000)));
                slowest = Math.max(slowest, System.nanoTime() - began);
            }
            CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
                    .join();
        }
        System.out.println("slowest publish " + Duration.ofNanos(slowest));
        assertThat(Duration.ofNanos(slowest)).isLessThan(BLOCKED);
        assertInOrder(cluster, topic, 300);
    }

    @Test
    void publish_pastAllThatMayWait_failsAsTransient(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (KafkaPublisher publisher =
                KafkaPublisher.latency(cluster.connection(Map.of("buffer.memory", "1000000")))) {
            publisher.warmUp(List.of(topic)).join();
            OutboundRecord large = record(999_000);
            List<CompletableFuture<RecordPosition>> futures = IntStream.range(0, 200)
                    .mapToObj(i -> publisher.publish(topic, 0, large))
                    .toList();
            List<Kind> refused = futures.stream()
                    .filter(future ->
                            future.handle((at, failure) -> failure != null).join())
                    .map(PublisherTest::kind)
                    .toList();
            assertThat(refused).isNotEmpty().containsOnly(Kind.TRANSIENT);
            assertThat(futures.get(0)).isCompleted();
        }
    }

    @Test
    void publish_toAnUnknownTopic_failsAtOnce_andDoesNotMakeIt(TestCluster cluster) {
        try (KafkaPublisher publisher = KafkaPublisher.latency(cluster.connection())) {
            long began = System.nanoTime();
            Kind first = kind(publisher.publish("nobody-made-this", null, SMALL));
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            System.out.println("unknown topic after " + took);

            assertThat(first).isEqualTo(Kind.DESTINATION);
            assertThat(took).isLessThan(PATIENCE);
            assertThat(kind(publisher.publish("not a topic", null, SMALL))).isEqualTo(Kind.DESTINATION);
            assertThat(kind(publisher.publish("", null, SMALL))).isEqualTo(Kind.DESTINATION);
            assertThat(publisher.partitions("nobody-made-this")).isCompletedExceptionally();
        }
    }

    @Test
    void publish_toATopicMadeLater_works(TestCluster cluster) {
        String later = TestCluster.fresh("later");
        try (KafkaPublisher publisher = KafkaPublisher.latency(cluster.connection())) {
            assertThat(kind(publisher.publish(later, null, SMALL))).isEqualTo(Kind.DESTINATION);
            cluster.makeTopic(later, 1);
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> publisher
                            .publish(later, null, SMALL)
                            .get(1, TimeUnit.SECONDS)
                            .topic()
                            .equals(later));
        }
    }

    @Test
    void publish_toAPartitionThatIsNotThere_failsAtOnce(TestCluster cluster) {
        String topic = cluster.topic(2);
        try (KafkaPublisher publisher = KafkaPublisher.latency(cluster.connection())) {
            assertThat(kind(publisher.publish(topic, 2, SMALL))).isEqualTo(Kind.DESTINATION);
            assertThat(kind(publisher.publish(topic, -1, SMALL))).isEqualTo(Kind.DESTINATION);
            assertThat(publisher.partitions(topic).join()).isEqualTo(2);
            assertThat(publisher.publish(topic, 1, SMALL).join().partition()).isEqualTo(1);
        }
    }

    @Test
    void publish_tooLargeForProducerOrTopic_saysSo(TestCluster cluster) {
        String narrow = cluster.topic(1, Map.of("max.message.bytes", "10000"));
        String wide = cluster.topic(1);
        try (KafkaPublisher publisher = KafkaPublisher.latency(cluster.connection())) {
            assertThat(kind(publisher.publish(narrow, null, record(20_000)))).isEqualTo(Kind.TOO_LARGE);
            assertThat(kind(publisher.publish(wide, null, record(3 << 20)))).isEqualTo(Kind.TOO_LARGE);
            assertThat(publisher.publish(wide, null, record(2_000_000)).join().offset())
                    .isZero();
        }
    }

    /**
     * A broker takes any first sequence number of a producer it does not know: where the first batch is refused for one large
     * record and the next one is taken, the rest of the first would be out of order until its delivery times out.
     */
    @RepeatedTest(5)
    void publish_tooLargeAmongOthers_toATopicUsedForTheFirstTime_holdsUpNobody(TestCluster cluster) {
        String narrow = cluster.topic(1, Map.of("max.message.bytes", "4000"));
        try (KafkaPublisher publisher = KafkaPublisher.latency(cluster.connection())) {
            publisher.warmUp(List.of(narrow)).join();
            List<CompletableFuture<RecordPosition>> others = new ArrayList<>();
            others.add(publisher.publish(narrow, 0, SMALL));
            CompletableFuture<RecordPosition> large = publisher.publish(narrow, 0, record(20_000));
            for (int i = 0; i < 30; i++) {
                others.add(publisher.publish(narrow, 0, SMALL));
                LockSupport.parkNanos(200_000);
            }

            assertThat(kind(large)).isEqualTo(Kind.TOO_LARGE);
            assertThat(CompletableFuture.allOf(others.toArray(CompletableFuture<?>[]::new)))
                    .succeedsWithin(Duration.ofSeconds(60));
        }
    }

    @Test
    void publish_withoutKeyToACompactedTopic_isRefusedForThatTopic(TestCluster cluster) {
        String compacted = cluster.topic(1, Map.of("cleanup.policy", "compact"));
        try (KafkaPublisher publisher = KafkaPublisher.bulk(cluster.connection())) {
            assertThat(kind(publisher.publish(compacted, null, SMALL))).isEqualTo(Kind.DESTINATION);
        }
    }

    @Test
    void publish_afterClose_failsForGood(TestCluster cluster) {
        String topic = cluster.topic(1);
        KafkaPublisher publisher = KafkaPublisher.latency(cluster.connection());
        publisher.warmUp(List.of(topic)).join();
        CompletableFuture<RecordPosition> before = publisher.publish(topic, null, SMALL);

        publisher.close();

        assertThat(before).isCompleted();
        assertThat(kind(publisher.publish(topic, null, SMALL))).isEqualTo(Kind.FATAL);
        assertThat(kind(publisher.publish("other", null, SMALL))).isIn(Kind.FATAL, Kind.TRANSIENT);
        publisher.close();
    }

    @Test
    void publish_withoutABroker_failsAsTransient_withoutBlocking(TestCluster cluster) {
        var nowhere = new io.toolstream.kafka.KafkaConnection("127.0.0.1:1", "test", Map.of());
        try (KafkaPublisher publisher = KafkaPublisher.latency(nowhere)) {
            long began = System.nanoTime();
            CompletableFuture<RecordPosition> future = publisher.publish("calls", null, SMALL);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BLOCKED);
            assertThat(kind(future)).isEqualTo(Kind.TRANSIENT);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(PATIENCE.minusSeconds(1), PATIENCE.multipliedBy(3));
        }
    }

    private static void assertInOrder(TestCluster cluster, String topic, int count) {
        List<Integer> values = new ArrayList<>();
        RangeReader.readAll(cluster.connection(), topic, read -> values.add(Engines.value(read)));
        assertThat(values).hasSize(count).isSorted();
    }

    private static Kind kind(CompletableFuture<?> future) {
        try {
            throw new AssertionError(
                    "published: " + future.orTimeout(30, TimeUnit.SECONDS).join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof PublishException failure) {
                return failure.kind();
            }
            throw e;
        }
    }

    private static OutboundRecord record(int bytes) {
        return new OutboundRecord(null, new byte[bytes], Headers.NONE);
    }

    private static OutboundRecord record(int value, int bytes) {
        byte[] padded = ByteBuffer.allocate(bytes).putInt(value).array();
        return new OutboundRecord("k".getBytes(StandardCharsets.UTF_8), padded, Headers.NONE);
    }
}
