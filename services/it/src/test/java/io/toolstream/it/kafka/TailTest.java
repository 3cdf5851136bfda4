package io.toolstream.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.BrokerUnavailableException;
import io.toolstream.kafka.PartitionTail;
import io.toolstream.kafka.RangeReader;
import io.toolstream.kafka.StartAt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TailTest {
    private final List<Integer> seen = new CopyOnWriteArrayList<>();

    @Test
    void tailAtTheEnd_seesAllThatComesOnceItIsReady_andNothingBefore(TestCluster cluster) {
        String topic = cluster.topic(3);
        cluster.produce(topic, 3, 0, 100);
        try (PartitionTail tail = PartitionTail.start(
                cluster.connection(), topic, StartAt.END, record -> seen.add(Engines.value(record)))) {
            TestCluster.await(tail.ready());
            cluster.produce(topic, 3, 100, 200);

            await().untilAsserted(() -> assertThat(seen).hasSize(100));
            assertThat(seen).containsExactlyInAnyOrderElementsOf(range(100, 200));
            TestCluster.await(tail.caughtUp());
        }
    }

    @Test
    void tailAtTheBeginning_isCaughtUp_whenItHasSeenWhatStoodThere_gapsIncluded(TestCluster cluster) {
        String topic = cluster.topic(2);
        cluster.produce(topic, 2, 0, 1_000);
        cluster.abort(topic, 0, 5);
        cluster.deleteRecordsBefore(topic, 1, 100);
        List<Integer> whenCaughtUp = new ArrayList<>();
        PartitionTail tail = PartitionTail.start(
                cluster.connection(Map.of("isolation.level", "read_committed")),
                topic,
                StartAt.BEGINNING,
                record -> seen.add(Engines.value(record)));
        tail.caughtUp().thenRun(() -> whenCaughtUp.addAll(seen)).join();

        assertThat(whenCaughtUp).hasSize(900);
        tail.close();
        assertThat(tail.terminated()).isCompleted();
    }

    @Test
    void tailOfSomePartitions_seesThoseOnly(TestCluster cluster) {
        String topic = cluster.topic(4);
        cluster.produce(topic, 4, 0, 400);
        try (PartitionTail tail = PartitionTail.start(
                cluster.connection(),
                topic,
                Set.of(1, 3),
                StartAt.BEGINNING,
                record -> seen.add(record.position().partition()))) {
            TestCluster.await(tail.caughtUp());
            assertThat(seen).hasSize(200).containsOnly(1, 3);
        }
    }

    @Test
    void tail_followsPartitionsAddedLater_fromTheirStart(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (PartitionTail tail = PartitionTail.start(
                cluster.connection(Map.of("metadata.max.age.ms", "500")),
                topic,
                StartAt.END,
                record -> seen.add(Engines.value(record)))) {
            TestCluster.await(tail.ready());
            cluster.addPartitions(topic, 3);
            cluster.produce(topic, 3, 0, 300);

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(seen).hasSize(300));
        }
    }

    @Test
    void tail_overtakenByTheRetention_goesOnAndCounts(TestCluster cluster) {
        String topic = cluster.topic(1);
        CountDownLatch deleted = new CountDownLatch(1);
        cluster.produce(topic, 1, 0, 1);
        try (PartitionTail tail = PartitionTail.start(
                cluster.connection(Map.of("max.poll.records", "1", "max.partition.fetch.bytes", "100")),
                topic,
                StartAt.BEGINNING,
                record -> {
                    seen.add(Engines.value(record));
                    TestCluster.await(deleted);
                })) {
            await().untilAsserted(() -> assertThat(seen).hasSize(1));
            cluster.produce(topic, 1, 1, 1_000);
            cluster.deleteRecordsBefore(topic, 0, 900);
            deleted.countDown();

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(seen).endsWith(998, 999));
            assertThat(tail.resets()).isEqualTo(1);
            assertThat(seen.size()).isLessThan(200);
        }
    }

    @Test
    void tail_ofATopicThatIsNotThere_fails(TestCluster cluster) {
        PartitionTail tail =
                PartitionTail.start(cluster.connection(), "nobody-made-this-either", StartAt.END, record -> {});
        assertThatThrownBy(() -> tail.ready().get(60, TimeUnit.SECONDS))
                .hasMessageContaining("nobody-made-this-either");
        assertThat(tail.terminated()).failsWithin(Duration.ofSeconds(60));
        assertThat(tail.caughtUp()).failsWithin(Duration.ofSeconds(60));
    }

    @Test
    void tail_whoseConsumerThrows_ends(TestCluster cluster) {
        String topic = cluster.topic(1);
        cluster.produce(topic, 1, 0, 1);
        PartitionTail tail = PartitionTail.start(cluster.connection(), topic, StartAt.BEGINNING, record -> {
            throw new IllegalStateException("bug");
        });
        assertThatThrownBy(() -> tail.terminated().get(60, TimeUnit.SECONDS)).hasMessageContaining("bug");
        tail.close();
    }

    @Test
    void rangeReader_readsWhatStandsThere_inOrderPerPartition(TestCluster cluster) {
        String topic = cluster.topic(4);
        cluster.produce(topic, 4, 0, 5_000);
        cluster.abort(topic, 0, 7);
        long read = RangeReader.readAll(
                cluster.connection(Map.of("isolation.level", "read_committed")),
                topic,
                record -> seen.add(Engines.value(record)));

        assertThat(read).isEqualTo(5_000);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(range(0, 5_000));
        assertThat(seen.stream().filter(value -> value % 4 == 1)).isSorted();
        assertThat(RangeReader.readAll(cluster.connection(), cluster.topic(2), record -> {}))
                .isZero();
    }

    @Test
    void rangeReader_fromOffsets_readsWhatStandsBehindThem(TestCluster cluster) {
        String topic = cluster.topic(2);
        cluster.produce(topic, 2, 0, 100);
        cluster.deleteRecordsBefore(topic, 1, 10);

        long read = RangeReader.readFrom(
                cluster.connection(), topic, Map.of(0, 45L, 1, 5L), record -> seen.add(Engines.value(record)));

        assertThat(RangeReader.ends(cluster.connection(), topic)).isEqualTo(Map.of(0, 50L, 1, 50L));
        assertThat(read).isEqualTo(5 + 40);
        assertThat(seen).hasSize(45).contains(90, 21).doesNotContain(88, 19);
    }

    @Test
    void rangeReader_ofATopicThatIsNotThere_saysSo(TestCluster cluster) {
        assertThatThrownBy(() -> RangeReader.readAll(cluster.connection(), "nor-this", record -> {}))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("nor-this");
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
