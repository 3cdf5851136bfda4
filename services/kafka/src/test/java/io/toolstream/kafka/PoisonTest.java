package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** What tells a crash from an end, and what becomes of records that were in flight at crashes. */
class PoisonTest {
    private RefusingConsumer consumer = new RefusingConsumer();
    private MockedEngine engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 1_000), consumer);

    @Test
    void handOver_beforeTheBrokerKnowsOfTheTake_doesNotHappen() {
        engine.assign(0);
        engine.fetched(0, 0, 1);
        consumer.syncRefusals.add(new TimeoutException("no coordinator"));
        consumer.syncRefusals.add(new RebalanceInProgressException("later"));
        engine.turns(2);
        assertThat(engine.running).isEmpty();
        assertThat(engine.loop.snapshot().held()).isEqualTo(2);

        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@0", "0@1");
        assertThat(take().limit()).isEqualTo(1_000);
    }

    @Test
    void handOver_farAhead_marksAgainBeforeTheLimit() {
        engine.assign(0);
        engine.fetched(0, 0, 999, 1_000, 50_000);
        engine.turns(3);

        assertThat(engine.running).containsOnlyKeys("0@0", "0@999", "0@1000", "0@50000");
        assertThat(take().limit()).isEqualTo(51_000);
    }

    @Test
    void commitsRefusedForLong_handOverComesToRest_andGoesOnAfterwards() {
        engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 10), consumer);
        engine.assign(0);
        engine.fetched(0, 0);
        engine.turns(2);
        engine.done("0@0");
        consumer.refusal = new TimeoutException("no coordinator");
        for (long offset = 1; offset < 30; offset++) {
            engine.fetched(0, offset);
            consumer.syncRefusals.add(new TimeoutException("no coordinator"));
            consumer.syncRefusals.add(new TimeoutException("no coordinator"));
            engine.turns(2);
            engine.done(engine.running.keySet().toArray(new String[0]));
        }
        assertThat(engine.loop.snapshot().handled()).isEqualTo(10);
        assertThat(engine.loop.snapshot().trouble()).contains("no coordinator");

        consumer.refusal = null;
        consumer.syncRefusals.clear();
        for (int i = 0; i < 10; i++) {
            engine.turns(2);
            engine.done(engine.running.keySet().toArray(new String[0]));
        }
        assertThat(engine.snapshot(0).committed()).isEqualTo(30);
    }

    @Test
    void closed_withRecordsInFlight_isNoCrash() {
        twoInFlight();
        engine.loop.stop(Duration.ZERO);
        engine.loop.run();

        takeOver();
        assertThat(engine.loop.snapshot().crashes()).isZero();
    }

    @Test
    void revoked_isNoCrash_evenWithNothingDone() {
        twoInFlight();
        engine.assign();

        takeOver();
        assertThat(engine.loop.snapshot().crashes()).isZero();
    }

    @Test
    void lost_andGivenBackToTheSame_isNoCrash() {
        twoInFlight();
        consumer.listener().onPartitionsLost(List.of(Records.partition(0)));
        consumer.listener().onPartitionsAssigned(List.of(Records.partition(0)));

        assertThat(engine.loop.snapshot().crashes()).isZero();
    }

    @Test
    void handlerFails_isACrash() {
        twoInFlight();
        engine.taken("0@0").completeExceptionally(new IllegalStateException("bug"));
        engine.loop.run();

        takeOver();
        assertThat(engine.loop.snapshot().crashes()).isEqualTo(1);
    }

    @Test
    void handlerThrowsAnError_isACrash() {
        engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 1_000), consumer) {
            @Override
            public CompletionStage<?> handle(InboundRecord record, Lease lease) {
                throw new StackOverflowError("deep");
            }
        };
        assertCrashed();
    }

    /** The engine ends at its first record, and the next one knows. */
    private void assertCrashed() {
        consumer.schedulePollTask(() -> {
            engine.assign(0, 1);
            engine.fetched(0, 0);
        });
        engine.loop.run();
        assertThat(engine.loop.terminated()).isCompletedExceptionally();

        takeOver();
        assertThat(engine.loop.snapshot().crashes()).isEqualTo(1);
    }

    @Test
    void afterOneCrash_everythingRunsAsBefore() {
        twoInFlight();
        takeOver();
        engine.fetched(0, 0, 1, 2);
        engine.turns(2);

        assertThat(engine.loop.snapshot().crashes()).isEqualTo(1);
        assertThat(engine.running).containsOnlyKeys("0@0", "0@1", "0@2");
    }

    @Test
    void afterTwoCrashes_oneAtATime_thenAllTheRest() {
        twoInFlight();
        crash(1, 0, 1);
        takeOver();
        engine.fetched(0, 0, 1, 2, 3);
        engine.fetched(1, 0);
        engine.turns(3);

        // Then the first goes alone, and only what is in other partitions with it
        assertThat(engine.running).containsOnlyKeys("0@0", "1@0");
        assertThat(take().alone()).isZero();
        engine.done("0@0");
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@1", "1@0");
        assertThat(take().alone()).isEqualTo(1);
        engine.done("0@1");
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@2", "0@3", "1@0");
        assertThat(take().alone()).isEqualTo(Take.NOBODY);
        assertThat(engine.condemned).isEmpty();
        engine.done("0@2", "0@3");
        engine.turns(2);
        assertThat(engine.snapshot(0).committed()).isEqualTo(4);
    }

    @Test
    void suspectsOfTwoPartitions_goOneAtATimeToo() {
        engine.assign(0, 1);
        engine.fetched(0, 0);
        engine.fetched(1, 0);
        engine.turns(2);
        for (int i = 0; i < 2; i++) {
            takeOver();
            engine.fetched(0, 0);
            engine.fetched(1, 0);
            engine.turns(3);
        }

        assertThat(engine.running).hasSize(1);
        engine.done(engine.running.keySet().iterator().next());
        engine.turns(2);
        assertThat(engine.running).hasSize(1);
    }

    @Test
    void whatKillsAlone_isCondemned_andTheOthersRun() {
        twoInFlight();
        crash(2, 0, 1);
        assertThat(engine.running).as("alone").containsOnlyKeys("0@0");
        assertThat(engine.condemned).isEmpty();
        crash(1, 0, 1);

        // Then it is not run any more
        assertThat(engine.condemned).containsOnlyKeys("0@0").containsValue(3);
        engine.done("0@0");
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@1");
        engine.done("0@1");
        engine.turns(3);
        assertThat(engine.snapshot(0).committed()).isEqualTo(2);
        assertThat(engine.condemned).containsOnlyKeys("0@0");
    }

    @Test
    void askedForItsKeys_afterTheTakeOnly_soThatWhatKillsThenIsACrash() {
        engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 1_000), consumer) {
            @Override
            public Set<String> laneKeys(InboundRecord record) {
                throw new StackOverflowError("decoding");
            }
        };
        assertCrashed();
    }

    @Test
    void condemned_thatKillsStill_isToldSo() {
        twoInFlight();
        crash(4, 0, 1);

        assertThat(engine.condemned).containsOnlyKeys("0@0").containsValue(4);
    }

    @Test
    void whatIsWrittenAfterTheCrash_isNotSuspected() {
        twoInFlight();
        crash(2, 0, 1);
        engine.fetched(0, 2, 3);
        engine.done("0@0");
        engine.turns(2);
        engine.done("0@1");
        engine.turns(2);

        assertThat(engine.running).containsOnlyKeys("0@2", "0@3");
    }

    @Test
    void suspicion_outlivesCleanEnds() {
        twoInFlight();
        crash(1, 0, 1);
        engine.loop.stop(Duration.ZERO);
        engine.loop.run();
        crash(1, 0, 1);
        assertThat(engine.loop.snapshot().crashes()).isZero();
        assertThat(engine.running).containsOnlyKeys("0@0", "0@1");
        crash(1, 0, 1);

        assertThat(engine.running).containsOnlyKeys("0@0");
    }

    private void twoInFlight() {
        consumer.ends.put(Records.partition(0), 2L);
        engine.assign(0, 1);
        engine.fetched(0, 0, 1);
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@0", "0@1");
    }

    /** The present owner dies, and the next takes up the same records; so many times. */
    private void crash(int times, long... offsets) {
        for (int i = 0; i < times; i++) {
            takeOver();
            engine.fetched(0, offsets);
            engine.turns(3);
        }
    }

    private void takeOver() {
        consumer = consumer.successor();
        engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 1_000), consumer);
        engine.assign(0, 1);
    }

    private Take take() {
        return java.util.Objects.requireNonNull(
                CommitNoteCodec.decode(consumer.committed(0), consumer.note(0)).take());
    }
}
