package io.toolstream.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.ConsumerEngine;
import io.toolstream.kafka.ConsumerEngineSettings;
import io.toolstream.kafka.GroupProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Engines that share a topic: rebalances with records in flight, members that come and go. */
final class EngineGroupTest extends OnEngines {
    EngineGroupTest(TestCluster cluster) {
        super(cluster);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void rebalanceWhilePaused_readsOnOnceThereIsRoom(GroupProtocol protocol) {
        Map<String, String> properties = protocol == GroupProtocol.CLASSIC ? RunningEngines.QUICK : Map.of();
        // Given a member with no room left
        String topic = cluster.topic(4);
        cluster.produce(topic, 4, 0, 400);
        ConsumerEngine full =
                engines.start(Engines.settings(engines.group, topic, 10, protocol), properties, engines::keepOpen);
        await().until(() -> full.snapshot().isPaused());

        // When another comes and goes
        ConsumerEngine other =
                engines.start(Engines.settings(engines.group, topic, 10, protocol), properties, engines::keepOpen);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !other.snapshot().partitions().isEmpty());
        other.close(Duration.ZERO);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> full.snapshot().partitions().size() == 4);

        // Then the first is paused again, and goes on when its records complete
        await().until(() -> full.snapshot().isPaused());
        int before = engines.seen.size();
        engines.completeUntil(() -> cluster.committed(engines.group).equals(cluster.ends(topic, 4)));
        assertThat(engines.seen.size()).isGreaterThan(before);
        assertThat(engines.seen.stream().distinct()).hasSize(400);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void revokedWithRecordsThatDoNotEnd_areFenced_andRunAgainElsewhere(GroupProtocol protocol) {
        // Given a member whose records hang
        String topic = cluster.topic(2);
        cluster.produce(topic, 2, 0, 20);
        Map<String, String> properties = protocol == GroupProtocol.CLASSIC ? RunningEngines.QUICK : Map.of();
        ConsumerEngineSettings settings = new ConsumerEngineSettings(
                engines.group,
                List.of(topic),
                100,
                1 << 20,
                100,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofMillis(300),
                protocol);
        ConsumerEngine first = engines.start(settings, properties, engines::keepOpen);
        await().until(() -> engines.seen.size() == 20);

        // When a second member takes one of its partitions
        List<Integer> again = new CopyOnWriteArrayList<>();
        engines.start(settings, properties, (record, lease) -> {
            again.add(Engines.value(record));
            return RunningEngines.DONE;
        });
        await().atMost(Duration.ofSeconds(60)).until(() -> again.size() == 10);
        engines.completeUntil(() -> first.snapshot().inFlight() == 0);

        // Then those ten ran again there, and here they do not count
        assertThat(first.snapshot().staleCompletions()).isEqualTo(10);
        assertThat(first.snapshot().partitions()).hasSize(1);
        engines.awaitCommitted(topic, 2);
        assertThat(again).hasSize(10);
    }

    @Test
    void moreMembersThanPartitions_theIdleOneKnowsThatItWasAssignedNothing() {
        String topic = cluster.topic(1);
        for (GroupProtocol protocol : GroupProtocol.values()) {
            String shared = TestCluster.fresh("group");
            for (int i = 0; i < 2; i++) {
                ConsumerEngine engine =
                        engines.start(Engines.settings(shared, topic, 1, protocol), Map.of(), engines::doneAtOnce);
                TestCluster.await(engine.assigned());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void joiningAndLeaving_inAStorm_alwaysCloses(GroupProtocol protocol) {
        String topic = cluster.topic(4);
        cluster.produce(topic, 4, 0, 1_000);
        for (int i = 0; i < 10; i++) {
            ConsumerEngine passing =
                    engines.start(Engines.settings(engines.group, topic, 5, protocol), Map.of(), engines::doneAtOnce);
            if (i % 3 == 0) {
                TestCluster.await(passing.assigned());
            }
            long began = System.nanoTime();
            passing.close(Duration.ofSeconds(2));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
            assertThat(passing.terminated()).isCompleted();
        }
        engines.start(Engines.settings(engines.group, topic, 50, protocol), Map.of(), engines::doneAtOnce);
        engines.awaitCommitted(topic, 4);
        assertThat(engines.seen.stream().distinct()).hasSize(1_000);
    }
}
