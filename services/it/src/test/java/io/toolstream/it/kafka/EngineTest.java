package io.toolstream.it.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.ConsumerEngine;
import io.toolstream.kafka.ConsumerEngineSettings;
import io.toolstream.kafka.GroupProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One engine: what is in flight, what stands still, gaps. */
final class EngineTest extends OnEngines {
    EngineTest(TestCluster cluster) {
        super(cluster);
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
                engines.group, List.of(topic), 20, 60, Duration.ofMillis(100), Duration.ofSeconds(5), protocol);

        // When
        ConsumerEngine engine = engines.start(settings, Map.of(), (record, lease) -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            engines.seen.add(Engines.value(record));
            CompletableFuture<Void> stage = new CompletableFuture<>();
            var unused = engines.later.schedule(
                    () -> {
                        inFlight.decrementAndGet();
                        stage.complete(null);
                    },
                    engines.seen.size() % 5 + 1,
                    TimeUnit.MILLISECONDS);
            return stage;
        });
        engines.awaitCommitted(topic, 4);

        // Then
        assertThat(most.get()).isEqualTo(15);
        assertThat(engines.seen).hasSize(5_000).doesNotHaveDuplicates();
        assertThat(engine.snapshot().inFlight()).isZero();
        assertThat(engine.snapshot().inFlightBytes()).isZero();
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
        ConsumerEngine engine =
                engines.start(Engines.settings(engines.group, topic, 50, protocol), Map.of(), engines::doneAtOnce);
        engines.awaitCommitted(topic, 2);

        // Then what was aborted is not handled, and the offsets stand at the very end
        assertThat(engines.seen).hasSize(200 - 20 + 5);

        // And deleting what is read already, or all there is, changes nothing
        cluster.deleteRecordsBefore(
                topic, 0, requireNonNull(cluster.ends(topic, 2).get(0)));
        cluster.produce(topic, 2, 200, 210);
        engines.awaitCommitted(topic, 2);
        assertThat(engines.seen).hasSize(195);
        assertThat(engine.close(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void oneRecordThatDoesNotEnd_holdsUpItsPartitionOnly_whichGoesOnWhenItEnds() {
        // Given a stuck record at the head of partition 0, and room for 200 unsettled ones
        String topic = cluster.topic(2);
        CompletableFuture<Void> stuck = new CompletableFuture<>();
        ConsumerEngineSettings settings = new ConsumerEngineSettings(
                engines.group,
                List.of(topic),
                100,
                1 << 20,
                200,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                GroupProtocol.CLASSIC);
        ConsumerEngine engine = engines.start(settings, Map.of("max.poll.records", "50"), (record, lease) -> {
            engines.seen.add(Engines.value(record));
            return Engines.value(record) == 0 ? stuck : RunningEngines.DONE;
        });
        TestCluster.await(engine.assigned());
        cluster.produce(topic, 2, 0, 4_000);

        // Then partition 1 is done, partition 0 stands still after about 200
        await().until(() -> engines.partition(engine, 1).highWatermark() == 2_000);
        await().until(() -> engines.partition(engine, 0).isPaused());
        assertThat(engines.partition(engine, 0).unsettled()).isBetween(200, 250);
        assertThat(engines.partition(engine, 0).highWatermark()).isZero();
        assertThat(engines.partition(engine, 0).oldestUnfinishedAge()).isPositive();

        // When it ends
        stuck.complete(null);
        engines.awaitCommitted(topic, 2);
        assertThat(engines.seen).hasSize(4_000);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void doneBehindStuckRecords_isNotHandledAgain_byTheNextOwner(GroupProtocol protocol) {
        // Given every tenth record stuck, the first of all among them, and the rest done
        String topic = cluster.topic(2);
        cluster.produce(topic, 2, 0, 4_000);
        ConsumerEngineSettings settings = Engines.settings(engines.group, topic, 1_000, protocol);
        ConsumerEngine first = engines.start(settings, Map.of(), (record, lease) -> {
            engines.seen.add(Engines.value(record));
            return Engines.value(record) % 20 < 2 ? new CompletableFuture<>() : RunningEngines.DONE;
        });
        await().atMost(Duration.ofSeconds(60)).until(() -> engines.seen.size() == 4_000);

        // Then the commits tell of it, although no offset moves
        await().untilAsserted(() -> assertThat(cluster.notes(engines.group))
                .hasSize(2)
                .allSatisfy(
                        (partition, note) -> assertThat(note).startsWith("ts1.").hasSizeBetween(300, 3_000)));
        assertThat(cluster.committed(engines.group)).isEqualTo(Map.of(0, 0L, 1, 0L));
        first.close(Duration.ZERO);

        // And the next owner handles the stuck ones only
        engines.seen.clear();
        ConsumerEngine second = engines.start(settings, Map.of(), engines::doneAtOnce);
        engines.awaitCommitted(topic, 2);
        assertThat(engines.seen).hasSize(400).allMatch(value -> value % 20 < 2);
        assertThat(second.snapshot().skipped()).isEqualTo(3_600);
    }
}
