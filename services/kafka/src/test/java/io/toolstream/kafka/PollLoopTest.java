package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PollLoopTest {
    private RefusingConsumer consumer = new RefusingConsumer();
    private MockedEngine engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 1_000), consumer);

    @Test
    void commit_outOfOrder_coversTheDonePrefixOnly() {
        // Given three records with a gap before the last
        engine.assign(0);
        engine.fetched(0, 0, 1, 7);
        engine.turns(2);

        // When the first and the last are done
        engine.done("0@0", "0@7");
        engine.turns(2);

        // Then the commit stands at the one between
        assertThat(consumer.committed(0)).isEqualTo(1);
        engine.done("0@1");
        engine.turns(3);
        assertThat(consumer.committed(0)).isEqualTo(8);
        assertThat(engine.snapshot(0).committed()).isEqualTo(8);
    }

    @Test
    void turn_withNothingDone_commitsNoProgress_andNothingAgain() {
        engine.assign(0);
        engine.fetched(0, 5);
        engine.turns(5);

        assertThat(consumer.committed(0)).isEqualTo(5);
        assertThat(engine.loop.snapshot().commits()).as("the mark").isEqualTo(1);
    }

    @Test
    void handOver_atTheCount_holdsTheRestAndPauses() {
        engine = new MockedEngine(MockedEngine.settings(2, 1_000_000, 1_000), consumer);
        engine.assign(0, 1);
        engine.fetched(0, 0, 1, 2, 3);
        engine.turns(2);

        assertThat(engine.running).containsOnlyKeys("0@0", "0@1");
        assertThat(engine.loop.snapshot().held()).isEqualTo(2);
        assertThat(engine.loop.snapshot().isPaused()).isTrue();
        assertThat(consumer.paused()).isEqualTo(consumer.assignment());

        engine.done("0@0", "0@1");
        engine.turns(1);
        assertThat(engine.running).containsOnlyKeys("0@2", "0@3");

        engine.done("0@2");
        engine.turns(1);
        assertThat(consumer.paused()).isEmpty();
        assertThat(engine.loop.snapshot().isPaused()).isFalse();
    }

    @Test
    void handOver_atTheBytes_holdsTheRest_butLetsOneLargerThanAllThrough() {
        engine = new MockedEngine(MockedEngine.settings(100, 250, 1_000), consumer);
        engine.assign(0);
        engine.fetched(0, 0, 1, 2);
        consumer.addRecord(Records.fetched(0, 3, 10_000));
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@0", "0@1");

        engine.done("0@0", "0@1");
        engine.turns(1);
        assertThat(engine.running).containsOnlyKeys("0@2");

        engine.done("0@2");
        engine.turns(1);
        assertThat(engine.running).containsOnlyKeys("0@3");
        assertThat(engine.loop.snapshot().inFlightBytes()).isEqualTo(10_000);
    }

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
    void unsettled_atTheLimit_pausesThatPartitionAlone() {
        engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 4), consumer);
        engine.assign(0, 1);
        engine.fetched(0, 0, 1, 2, 3);
        engine.turns(2);
        engine.done("0@1", "0@2", "0@3");
        engine.turns(1);

        assertThat(consumer.paused()).containsOnly(Records.partition(0));
        assertThat(engine.snapshot(0).isPaused()).isTrue();
        engine.fetched(1, 0);
        engine.turns(2);
        assertThat(engine.running).containsKey("1@0");

        engine.done("0@0");
        engine.turns(1);
        assertThat(consumer.paused()).isEmpty();
        assertThat(engine.snapshot(0).highWatermark()).isEqualTo(4);
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
    void exposure_atTheLimit_handsNothingMoreOverUntilACommitIsAcknowledged() {
        engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 3), consumer);
        engine.assign(0, 1);
        engine.fetched(0, 0, 1, 2, 3, 4);
        engine.fetched(1, 0);
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@0", "0@1", "0@2", "1@0");
        assertThat(engine.loop.snapshot().held()).isEqualTo(2);
        assertThat(consumer.paused()).containsOnly(Records.partition(0));

        // When some are done and no commit gets through
        consumer.refusal = new TimeoutException("no coordinator");
        engine.done("0@0", "0@2");
        engine.turns(3);
        assertThat(engine.running).containsOnlyKeys("0@1", "1@0");

        // Then the next acknowledgement lets as many through, in their order
        consumer.refusal = null;
        engine.turns(3);
        assertThat(engine.running).containsOnlyKeys("0@1", "0@3", "0@4", "1@0");
    }

    @Test
    void exposure_keepsTheOrderOfAKey() {
        engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 2), consumer);
        engine.assign(0);
        for (int offset = 0; offset < 6; offset++) {
            engine.lanes.put("0@" + offset, Set.of("key" + offset % 3));
        }
        engine.fetched(0, 0, 1, 2, 3, 4, 5);
        List<String> begun = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            engine.turns(1);
            List<String> now = List.copyOf(engine.running.keySet());
            assertThat(now).hasSizeLessThanOrEqualTo(2);
            begun.addAll(now);
            engine.done(now.toArray(new String[0]));
        }

        assertThat(begun).hasSize(6);
        assertThat(begun.indexOf("0@3")).isGreaterThan(begun.indexOf("0@0"));
        assertThat(begun.indexOf("0@4")).isGreaterThan(begun.indexOf("0@1"));
        assertThat(begun.indexOf("0@5")).isGreaterThan(begun.indexOf("0@2"));
    }

    @Test
    void doneBehindAnOpenOne_isCommittedAsANote_andSkippedByTheNextOwner() {
        engine.assign(0);
        engine.fetched(0, 0, 1, 2, 5);
        engine.turns(2);
        engine.done("0@1", "0@5");
        engine.turns(2);
        assertThat(consumer.committed(0)).isZero();
        assertThat(consumer.note(0)).startsWith("ts1.");

        // When it crashes, and another goes on
        engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 1_000), consumer.successor());
        consumer = (RefusingConsumer) engine.consumer;
        engine.assign(0);
        assertThat(engine.snapshot(0).committed()).isZero();
        engine.fetched(0, 0, 1, 2, 5, 6);
        engine.turns(2);

        // Then only what was not done runs, and the rest counts as done
        assertThat(engine.running).containsOnlyKeys("0@0", "0@2", "0@6");
        assertThat(engine.loop.snapshot().skipped()).isEqualTo(2);
        engine.done("0@0", "0@2");
        engine.turns(3);
        assertThat(consumer.committed(0)).isEqualTo(6);
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

    @Test
    void commitRefused_isSaidAgainAtTheNextTick() {
        engine.assign(0);
        engine.fetched(0, 0);
        engine.turns(2);
        consumer.refusal = new TimeoutException("no coordinator");
        engine.done("0@0");
        engine.turns(4);
        assertThat(engine.loop.snapshot().failedCommits()).isPositive();
        assertThat(engine.loop.snapshot().trouble()).contains("no coordinator");
        assertThat(engine.snapshot(0).committed()).as("the mark").isZero();

        consumer.refusal = null;
        engine.turns(2);
        assertThat(consumer.committed(0)).isEqualTo(1);
        assertThat(engine.loop.snapshot().trouble()).isNull();
    }

    @Test
    void commitDuringRebalance_isSaidAgain_withoutAlarm() {
        engine.assign(0);
        engine.fetched(0, 0);
        engine.turns(2);
        consumer.refusal = new RebalanceInProgressException("later");
        engine.done("0@0");
        engine.turns(4);
        assertThat(engine.loop.snapshot().failedCommits()).isPositive();
        assertThat(engine.loop.snapshot().trouble()).isNull();

        consumer.refusal = null;
        engine.turns(2);
        assertThat(consumer.committed(0)).isEqualTo(1);
    }

    @Test
    void commitAtRevoke_wokenUpAgainAndAgain_isSentInTheEnd() {
        engine.assign(0);
        engine.fetched(0, 0);
        engine.turns(2);
        engine.done("0@0");
        consumer.syncRefusals.addAll(List.of(new WakeupException(), new WakeupException(), new WakeupException()));

        engine.assign();

        assertThat(consumer.committed(0)).isEqualTo(1);
    }

    @Test
    void pollFails_forAWhile_goesOn() {
        engine.assign(0);
        consumer.setPollException(new TimeoutException("no broker"));
        engine.turns(1);
        assertThat(engine.loop.snapshot().trouble()).contains("no broker");

        engine.fetched(0, 0);
        engine.turns(2);
        assertThat(engine.running).containsKey("0@0");
        assertThat(engine.loop.snapshot().trouble()).isNull();
    }

    @Test
    void pollForbidden_beforeTheFirstAssignment_ends() {
        consumer.setPollException(new TopicAuthorizationException(Set.of("calls")));
        engine.loop.run();

        assertThat(engine.loop.terminated()).isCompletedExceptionally();
        assertThat(engine.loop.assigned()).isCompletedExceptionally();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void handlerThrows_endsTheEngine_withNothingCommittedPastTheRecord() {
        // Given the first record done, the second failing, the third done
        MockConsumer<byte[], byte[]> plain = new MockConsumer<>("earliest");
        PollLoop loop = new PollLoop(
                plain,
                MockedEngine.settings(100, 1_000_000, 1_000),
                (record, lease) -> {
                    if (record.position().offset() == 1) {
                        throw new IllegalStateException("bug");
                    }
                    return java.util.concurrent.CompletableFuture.completedFuture(null);
                },
                7,
                System::nanoTime);
        plain.schedulePollTask(() -> {
            plain.updateBeginningOffsets(Map.of(Records.partition(0), 0L));
            plain.rebalance(List.of(Records.partition(0)));
            for (int offset = 0; offset < 3; offset++) {
                plain.addRecord(Records.fetched(0, offset, 10));
            }
        });

        // When
        loop.run();

        // Then
        assertThatThrownBy(() -> loop.terminated().get())
                .hasMessageContaining("calls-0@1")
                .hasRootCauseMessage("bug");
        assertThat(plain.closed()).isTrue();
        assertThat(loop.hasDrained()).isFalse();
        assertThat(loop.snapshot().handled()).isEqualTo(2);
    }

    @Test
    void stageFails_endsTheEngine() {
        engine.assign(0);
        engine.fetched(0, 0, 1);
        engine.turns(2);
        engine.done("0@0");
        engine.taken("0@1").completeExceptionally(new IllegalStateException("bug"));

        engine.loop.run();

        assertThat(engine.loop.terminated()).isCompletedExceptionally();
        assertThat(consumer.committed(0)).isEqualTo(1);
        assertThat(engine.leases).noneMatch(Lease::isHeld);
    }

    @Test
    void close_drainsWhatIsInFlight_readsNothingMore_andCommits() {
        engine = new MockedEngine(MockedEngine.settings(2, 1_000_000, 1_000), consumer);
        engine.assign(0);
        engine.fetched(0, 0, 1, 2);
        engine.turns(2);
        engine.loop.stop(Duration.ofSeconds(5));
        consumer.schedulePollTask(() -> engine.fetched(0, 3));
        consumer.schedulePollTask(() -> engine.done("0@0", "0@1"));

        drain();

        assertThat(engine.loop.hasDrained()).isTrue();
        assertThat(engine.loop.terminated()).isCompleted();
        assertThat(consumer.committed(0)).isEqualTo(2);
        assertThat(engine.running).isEmpty();
    }

    @Test
    void close_whenTheTimeIsOver_leavesTheRestUncommitted() {
        engine.assign(0);
        engine.fetched(0, 0, 1);
        engine.turns(2);
        engine.done("0@0");
        engine.loop.stop(Duration.ofMillis(200));

        drain();

        assertThat(engine.loop.hasDrained()).isFalse();
        assertThat(engine.loop.terminated()).isCompleted();
        assertThat(consumer.committed(0)).isEqualTo(1);
    }

    private void drain() {
        engine.isRealTime = true;
        engine.loop.run();
    }
}
