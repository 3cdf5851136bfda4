package io.toolstream.it.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.ConsumerEngine;
import io.toolstream.kafka.ConsumerEngineSettings;
import io.toolstream.kafka.EngineSnapshot;
import io.toolstream.kafka.GroupProtocol;
import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.PartitionSnapshot;
import io.toolstream.kafka.RecordHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One engine, sometimes two: back-pressure, rebalances with records in flight, failures, gaps. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class EngineTest {
    private static final Map<String, String> QUICK = Map.of("heartbeat.interval.ms", "200");
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final TestCluster cluster;
    private final String group = TestCluster.fresh("group");
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);
    private final List<Integer> seen = new CopyOnWriteArrayList<>();
    private final Queue<CompletableFuture<Void>> open = new ConcurrentLinkedQueue<>();
    private final List<ConsumerEngine> engines = new ArrayList<>();

    EngineTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void stop() {
        engines.forEach(engine -> engine.close(Duration.ZERO));
        later.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void inFlight_neverPassesCountOrBytes_andEverythingArrives(GroupProtocol protocol) {
        // Given a handler that takes 1 to 5 ms, and room for 20 records, or 60 bytes of 4 each
        String topic = cluster.topic(4);
        cluster.produce(topic, 4, 0, 5_000);
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ConsumerEngineSettings settings = new ConsumerEngineSettings(
                group, List.of(topic), 20, 60, Duration.ofMillis(100), Duration.ofSeconds(5), protocol);

        // When
        ConsumerEngine engine = start(settings, Map.of(), (record, lease) -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            seen.add(Engines.value(record));
            CompletableFuture<Void> stage = new CompletableFuture<>();
            var unused = later.schedule(
                    () -> {
                        inFlight.decrementAndGet();
                        stage.complete(null);
                    },
                    seen.size() % 5 + 1,
                    TimeUnit.MILLISECONDS);
            return stage;
        });
        awaitCommitted(topic, 4);

        // Then
        assertThat(most.get()).isEqualTo(15);
        assertThat(seen).hasSize(5_000).doesNotHaveDuplicates();
        assertThat(engine.snapshot().inFlight()).isZero();
        assertThat(engine.snapshot().inFlightBytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void rebalanceWhilePaused_readsOnOnceThereIsRoom(GroupProtocol protocol) {
        Map<String, String> properties = protocol == GroupProtocol.CLASSIC ? QUICK : Map.of();
        // Given a member with no room left
        String topic = cluster.topic(4);
        cluster.produce(topic, 4, 0, 400);
        ConsumerEngine full = start(Engines.settings(group, topic, 10, protocol), properties, this::keepOpen);
        await().until(() -> full.snapshot().isPaused());

        // When another comes and goes
        ConsumerEngine other = start(Engines.settings(group, topic, 10, protocol), properties, this::keepOpen);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !other.snapshot().partitions().isEmpty());
        other.close(Duration.ZERO);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> full.snapshot().partitions().size() == 4);
        assertThat(full.snapshot().isPaused()).isTrue();
        int before = seen.size();

        // Then the first is still paused, and goes on when its records complete
        completeUntil(() -> cluster.committed(group).equals(cluster.ends(topic, 4)));
        assertThat(seen.size()).isGreaterThan(before);
        assertThat(seen.stream().distinct()).hasSize(400);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void revokedWithRecordsThatDoNotEnd_areFenced_andRunAgainElsewhere(GroupProtocol protocol) {
        // Given a member whose records hang
        String topic = cluster.topic(2);
        cluster.produce(topic, 2, 0, 20);
        Map<String, String> properties = protocol == GroupProtocol.CLASSIC ? QUICK : Map.of();
        ConsumerEngineSettings settings = new ConsumerEngineSettings(
                group,
                List.of(topic),
                100,
                1 << 20,
                100,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofMillis(300),
                protocol);
        ConsumerEngine first = start(settings, properties, this::keepOpen);
        await().until(() -> seen.size() == 20);

        // When a second member takes one of its partitions
        List<Integer> again = new CopyOnWriteArrayList<>();
        start(settings, properties, (record, lease) -> {
            again.add(Engines.value(record));
            return DONE;
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> again.size() == 10);
        completeUntil(() -> first.snapshot().inFlight() == 0);

        // Then those ten ran again there, and here they do not count
        assertThat(first.snapshot().staleCompletions()).isEqualTo(10);
        assertThat(first.snapshot().partitions()).hasSize(1);
        awaitCommitted(topic, 2);
        assertThat(again).hasSize(10);
    }

    @Test
    void handlerFails_engineEnds_offsetStaysBelow_andTheGroupGoesOnAtOnce() {
        // Given a handler that fails at one record, with everything else done
        String topic = cluster.topic(1);
        cluster.produce(topic, 1, 0, 100);
        ConsumerEngine failing =
                start(Engines.settings(group, topic, 1_000, GroupProtocol.CLASSIC), Map.of(), (record, lease) -> {
                    int value = Engines.value(record);
                    return value == 42
                            ? CompletableFuture.failedFuture(new IllegalStateException("bug"))
                            : CompletableFuture.completedFuture(null);
                });

        // Then it ends with that failure
        assertThatThrownBy(() -> failing.terminated().get(20, TimeUnit.SECONDS))
                .hasRootCauseMessage("bug")
                .hasMessageContaining(topic + "-0@42");
        assertThat(cluster.committed(group)).isEqualTo(Map.of(0, 42L));
        assertThat(failing.close(Duration.ofSeconds(1))).isFalse();

        // And the next member need not wait for a session to time out
        start(Engines.settings(group, topic, 1_000, GroupProtocol.CLASSIC), Map.of(), this::doneAtOnce);
        await().atMost(Duration.ofSeconds(20)).until(() -> seen.size() == 58);
        assertThat(seen).startsWith(42);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void gaps_ofTransactionsAndDeletedRecords_areNothingSpecial(GroupProtocol protocol) {
        // Given aborted and committed transactions, deleted records, and a marker as the last offset
        String topic = cluster.topic(2);
        cluster.produce(topic, 2, 0, 100);
        cluster.abort(topic, 0, 10);
        cluster.abort(topic, 1, 3);
        cluster.produce(topic, 2, 100, 200);
        cluster.commit(topic, 1, 5);
        cluster.deleteRecordsBefore(topic, 0, 20);

        // When
        ConsumerEngine engine = start(Engines.settings(group, topic, 50, protocol), Map.of(), this::doneAtOnce);
        awaitCommitted(topic, 2);

        // Then what was aborted is not handled, and the offsets stand at the very end
        assertThat(seen).hasSize(200 - 20 + 5);

        // And deleting what is read already, or all there is, changes nothing
        cluster.deleteRecordsBefore(
                topic, 0, requireNonNull(cluster.ends(topic, 2).get(0)));
        cluster.produce(topic, 2, 200, 210);
        awaitCommitted(topic, 2);
        assertThat(seen).hasSize(195);
        assertThat(engine.close(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void oneRecordThatDoesNotEnd_holdsUpItsPartitionOnly_whichGoesOnWhenItEnds() {
        // Given a stuck record at the head of partition 0, and room for 200 unsettled ones
        String topic = cluster.topic(2);
        CompletableFuture<Void> stuck = new CompletableFuture<>();
        ConsumerEngineSettings settings = new ConsumerEngineSettings(
                group,
                List.of(topic),
                100,
                1 << 20,
                200,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                GroupProtocol.CLASSIC);
        ConsumerEngine engine = start(settings, Map.of("max.poll.records", "50"), (record, lease) -> {
            seen.add(Engines.value(record));
            return Engines.value(record) == 0 ? stuck : DONE;
        });
        cluster.produce(topic, 2, 0, 4_000);

        // Then partition 1 is done, partition 0 stands still after about 200
        await().until(() -> partition(engine, 1).highWatermark() == 2_000);
        await().until(() -> partition(engine, 0).isPaused());
        assertThat(partition(engine, 0).unsettled()).isBetween(200, 250);
        assertThat(partition(engine, 0).highWatermark()).isZero();
        assertThat(partition(engine, 0).oldestUnfinishedAge()).isPositive();

        // When it ends
        stuck.complete(null);
        awaitCommitted(topic, 2);
        assertThat(seen).hasSize(4_000);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void doneBehindStuckRecords_isNotHandledAgain_byTheNextOwner(GroupProtocol protocol) {
        // Given every tenth record stuck, the first of all among them, and the rest done
        String topic = cluster.topic(2);
        cluster.produce(topic, 2, 0, 4_000);
        ConsumerEngineSettings settings = Engines.settings(group, topic, 1_000, protocol);
        ConsumerEngine first = start(settings, Map.of(), (record, lease) -> {
            seen.add(Engines.value(record));
            return Engines.value(record) % 20 < 2 ? new CompletableFuture<>() : DONE;
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> seen.size() == 4_000);

        // Then the commits tell of it, although no offset moves
        await().untilAsserted(() -> assertThat(cluster.notes(group))
                .hasSize(2)
                .allSatisfy(
                        (partition, note) -> assertThat(note).startsWith("ts1.").hasSizeBetween(300, 3_000)));
        assertThat(cluster.committed(group)).isEqualTo(Map.of(0, 0L, 1, 0L));
        first.close(Duration.ZERO);

        // And the next owner handles the stuck ones only
        seen.clear();
        ConsumerEngine second = start(settings, Map.of(), this::doneAtOnce);
        awaitCommitted(topic, 2);
        assertThat(seen).hasSize(400).allMatch(value -> value % 20 < 2);
        assertThat(second.snapshot().skipped()).isEqualTo(3_600);
    }

    @Test
    void moreMembersThanPartitions_theIdleOneKnowsThatItWasAssignedNothing() {
        String topic = cluster.topic(1);
        for (GroupProtocol protocol : GroupProtocol.values()) {
            String shared = TestCluster.fresh("group");
            for (int i = 0; i < 2; i++) {
                ConsumerEngine engine = start(Engines.settings(shared, topic, 1, protocol), Map.of(), this::doneAtOnce);
                TestCluster.await(engine.assigned());
            }
        }
    }

    @Test
    void start_withSettingsThatMakeNoSense_failsAtOnce() {
        assertThatThrownBy(() -> ConsumerEngine.start(
                        new KafkaConnection("nonsense", "test", Map.of()),
                        Engines.settings(group, "calls", 1, GroupProtocol.CLASSIC),
                        this::doneAtOnce))
                .hasStackTraceContaining("bootstrap.servers");
    }

    @Test
    void close_withoutABroker_isBounded() {
        ConsumerEngine engine = ConsumerEngine.start(
                new KafkaConnection("127.0.0.1:1", "test", Map.of()),
                Engines.settings(group, "calls", 1, GroupProtocol.CLASSIC),
                this::doneAtOnce);
        long began = System.nanoTime();
        engine.close(Duration.ofSeconds(1));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(engine.terminated()).isCompleted();
        assertThat(engine.assigned()).isCompletedExceptionally();
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void joiningAndLeaving_inAStorm_alwaysCloses(GroupProtocol protocol) {
        String topic = cluster.topic(4);
        cluster.produce(topic, 4, 0, 1_000);
        for (int i = 0; i < 10; i++) {
            ConsumerEngine passing = start(Engines.settings(group, topic, 5, protocol), Map.of(), this::doneAtOnce);
            if (i % 3 == 0) {
                TestCluster.await(passing.assigned());
            }
            long began = System.nanoTime();
            passing.close(Duration.ofSeconds(2));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            assertThat(passing.terminated()).isCompleted();
        }
        start(Engines.settings(group, topic, 50, protocol), Map.of(), this::doneAtOnce);
        awaitCommitted(topic, 4);
        assertThat(seen.stream().distinct()).hasSize(1_000);
    }

    private ConsumerEngine start(
            ConsumerEngineSettings settings, Map<String, String> properties, RecordHandler handler) {
        ConsumerEngine engine = ConsumerEngine.start(cluster.connection(properties), settings, handler);
        engines.add(engine);
        return engine;
    }

    private CompletableFuture<Void> doneAtOnce(
            io.toolstream.wire.InboundRecord record, io.toolstream.kafka.Lease lease) {
        seen.add(Engines.value(record));
        return DONE;
    }

    private CompletableFuture<Void> keepOpen(io.toolstream.wire.InboundRecord record, io.toolstream.kafka.Lease lease) {
        seen.add(Engines.value(record));
        CompletableFuture<Void> stage = new CompletableFuture<>();
        open.add(stage);
        return stage;
    }

    private void completeUntil(java.util.concurrent.Callable<Boolean> holds) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    for (CompletableFuture<Void> stage = open.poll(); stage != null; stage = open.poll()) {
                        stage.complete(null);
                    }
                    return holds.call();
                });
    }

    private void awaitCommitted(String topic, int partitions) {
        await().atMost(Duration.ofSeconds(45))
                .untilAsserted(() -> assertThat(cluster.committed(group)).isEqualTo(cluster.ends(topic, partitions)));
    }

    private static PartitionSnapshot partition(ConsumerEngine engine, int partition) {
        EngineSnapshot snapshot = engine.snapshot();
        return snapshot.partitions().stream()
                .filter(one -> one.partition() == partition)
                .findFirst()
                .orElseThrow();
    }
}
