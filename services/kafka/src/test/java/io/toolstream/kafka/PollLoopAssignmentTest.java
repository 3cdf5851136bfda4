package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Partitions that come and go. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class PollLoopAssignmentTest {
    private final RefusingConsumer consumer = new RefusingConsumer();
    private MockedEngine engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 1_000), consumer);

    @Test
    void assigned_whileStalled_newPartitionIsPausedAtOnce() {
        engine = new MockedEngine(MockedEngine.settings(1, 1_000_000, 1_000), consumer);
        engine.assign(0);
        engine.fetched(0, 0, 1);
        engine.turns(2);

        // When a rebalance brings a partition, and its records with the same poll
        consumer.schedulePollTask(() -> {
            engine.assign(0, 1);
            engine.fetched(1, 0, 1, 2);
        });
        engine.turns(3);

        // Then nothing of it was read, and both are read on once there is room
        assertThat(engine.loop.snapshot().held()).isEqualTo(1);
        assertThat(consumer.paused()).isEqualTo(Set.of(Records.partition(0), Records.partition(1)));
        engine.done("0@0");
        engine.turns(2);
        engine.done("0@1");
        engine.turns(3);
        assertThat(engine.running).containsOnlyKeys("1@0");
    }

    @Test
    void revoked_commitsWhatIsDone_andFencesTheRest() {
        engine.assign(0, 1);
        engine.fetched(0, 0, 1, 2);
        engine.fetched(1, 0);
        engine.turns(2);
        engine.done("0@0");

        // When partition 0 goes and its records complete afterwards
        engine.assign(1);
        assertThat(consumer.committed(0)).isEqualTo(1);
        engine.done("0@1", "0@2");
        engine.turns(3);

        // Then that counts as stale and commits nothing
        assertThat(consumer.committed(0)).isEqualTo(1);
        assertThat(engine.loop.snapshot().staleCompletions()).isEqualTo(2);
        assertThat(engine.loop.snapshot().partitions()).hasSize(1);
        assertThat(engine.leases.stream().filter(Lease::isHeld)).hasSize(1);
    }

    @Test
    void reassigned_atAnEarlierOffset_oldCompletionsDoNotCount() {
        engine.assign(0);
        engine.fetched(0, 0, 1);
        engine.turns(2);
        var old0 = engine.taken("0@0");
        var old1 = engine.taken("0@1");
        engine.assign();
        engine.turns(1);
        engine.assign(0);
        consumer.seek(Records.partition(0), 0);
        engine.fetched(0, 0, 1);
        engine.turns(2);

        // When the old ones complete
        old0.complete(null);
        old1.complete(null);
        engine.turns(2);

        // Then only the new ones move the mark
        assertThat(engine.snapshot(0).highWatermark()).isZero();
        engine.done("0@0");
        engine.turns(2);
        assertThat(consumer.committed(0)).isEqualTo(1);
    }

    @Test
    void lost_commitsNothing() {
        engine.assign(0);
        engine.fetched(0, 0);
        engine.turns(2);
        engine.done("0@0");

        consumer.listener().onPartitionsLost(List.of(Records.partition(0)));

        assertThat(consumer.committed(0)).as("the mark").isZero();
        assertThat(engine.leases).noneMatch(Lease::isHeld);
    }

    @Test
    void regression_withinAnAssignment_beginsAnew() {
        engine.assign(0);
        engine.fetched(0, 10, 11);
        engine.turns(2);

        // When the log starts over
        consumer.seek(Records.partition(0), 0);
        engine.fetched(0, 0);
        engine.turns(2);
        engine.done("0@10", "0@11", "0@0");
        engine.turns(2);

        assertThat(consumer.committed(0)).isEqualTo(1);
        assertThat(engine.loop.snapshot().staleCompletions()).isEqualTo(2);
    }

    @Test
    void recordsOfAPartitionTakenAwayInTheSamePoll_areNotHandled() {
        engine.assign(0, 1);
        consumer.late = Map.of(
                Records.partition(7), List.of(Records.fetched(7, 0, 10)),
                Records.partition(1), List.of(Records.fetched(1, 0, 10)));
        engine.turns(2);

        assertThat(engine.running).containsOnlyKeys("1@0");
        assertThat(engine.loop.snapshot().partitions()).hasSize(2);
    }

    @Test
    void recordsOfAPartitionTakenAwayAndGivenBackInTheSamePoll_areReadAgainFromTheCommit() {
        engine.assign(0);
        engine.fetched(0, 0, 1, 2);
        engine.turns(2);
        engine.done("0@0");
        List<CompletableFuture<Void>> old = List.of(engine.taken("0@1"), engine.taken("0@2"));

        // When what was fetched before comes after the partition has gone and come back
        consumer.whileLate = () -> {
            engine.assign();
            engine.assign(0);
        };
        consumer.late = Map.of(Records.partition(0), List.of(Records.fetched(0, 3, 10)));
        engine.turns(2);

        // Then it is not handled, and nothing in front of it counts as done
        assertThat(engine.running).isEmpty();
        old.forEach(stage -> stage.complete(null));
        engine.turns(2);
        assertThat(consumer.committed(0)).isEqualTo(1);
        engine.fetched(0, 1, 2, 3);
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@1", "0@2", "0@3");
        engine.done("0@1", "0@2", "0@3");
        engine.turns(2);
        assertThat(consumer.committed(0)).isEqualTo(4);
    }

    @Test
    void assigned_withForeignMetadata_readsOn() {
        consumer.commits.put(Records.partition(0), new OffsetAndMetadata(3, "whatever others write"));
        engine.assign(0);
        engine.fetched(0, 3, 4);
        engine.turns(2);

        assertThat(engine.running).containsOnlyKeys("0@3", "0@4");
        engine.done("0@3");
        engine.turns(2);
        assertThat(consumer.committed(0)).isEqualTo(4);
    }

    @Test
    void assigned_whereTheBrokerDoesNotTellWhatIsCommitted_readsOn() {
        consumer.committedRefusals.add(new WakeupException());
        consumer.committedRefusals.add(new TimeoutException("no coordinator"));
        engine.assign(0);
        engine.fetched(0, 3);
        engine.turns(2);

        assertThat(engine.running).containsOnlyKeys("0@3");
    }
}
