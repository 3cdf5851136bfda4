package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records of one key go one after the other; nobody else waits for them. */
class LanesTest {
    private MockedEngine engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 1_000));

    @Test
    void sameKey_oneAfterTheOther_othersAtOnce() {
        inLane("a", "0@0", "0@2", "0@3");
        inLane("b", "0@4");
        engine.assign(0);
        engine.fetched(0, 0, 1, 2, 3, 4);
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@0", "0@1", "0@4");
        assertThat(engine.snapshot(0).waiting()).isEqualTo(2);

        engine.done("0@0");
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@1", "0@2", "0@4");

        engine.done("0@2", "0@1", "0@4");
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@3");
        engine.done("0@3");
        engine.turns(4);
        assertThat(engine.snapshot(0).committed()).isEqualTo(5);
        assertThat(engine.snapshot(0).waiting()).isZero();
    }

    @Test
    void sameKeyInOtherPartitions_doesNotWait() {
        inLane("a", "0@0", "1@0");
        engine.assign(0, 1);
        engine.fetched(0, 0);
        engine.fetched(1, 0);
        engine.turns(2);

        assertThat(engine.running).containsOnlyKeys("0@0", "1@0");
    }

    @Test
    void severalKeys_goesWhenItIsFirstInAll_andHoldsAll() {
        inLane("a", "0@0");
        inLane("b", "0@1");
        engine.lanes.put("0@2", Set.of("a", "b"));
        inLane("b", "0@3");
        inLane("a", "0@4");
        engine.assign(0);
        engine.fetched(0, 0, 1, 2, 3, 4);
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@0", "0@1");

        engine.done("0@1");
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@0");

        engine.done("0@0");
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@2");

        engine.done("0@2");
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@3", "0@4");
    }

    @Test
    void manyWaiting_pauseTheirPartitionAlone_andDoNotTakeRoom() {
        engine = new MockedEngine(MockedEngine.settings(4, 1_000_000, 1_000));
        inLane("hot", "0@0", "0@1", "0@2", "0@3", "0@4", "0@5");
        engine.assign(0, 1);
        engine.fetched(0, 0, 1, 2, 3, 4, 5);
        engine.turns(2);
        assertThat(engine.consumer.paused()).containsOnly(Records.partition(0));
        assertThat(engine.snapshot(0).isPaused()).isTrue();

        engine.fetched(1, 0, 1, 2);
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@0", "1@0", "1@1", "1@2");

        engine.done("0@0");
        engine.turns(1);
        engine.done("0@1");
        engine.turns(1);
        engine.done("0@2");
        engine.turns(2);
        assertThat(engine.snapshot(0).isPaused()).isFalse();
    }

    @Test
    void waitingBytes_pauseToo() {
        engine = new MockedEngine(MockedEngine.settings(100, 1_000, 1_000));
        inLane("hot", "0@0", "0@1", "0@2", "0@3", "0@4", "0@5", "0@6", "0@7");
        inLane("hot", "0@8", "0@9", "0@10", "0@11", "0@12");
        engine.assign(0);
        engine.fetched(0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        engine.turns(2);

        assertThat(engine.snapshot(0).isPaused()).isTrue();
    }

    @Test
    void reassigned_lanesBeginAnew() {
        inLane("a", "0@0", "0@1");
        engine.assign(0);
        engine.fetched(0, 0, 1);
        engine.turns(2);
        var late = engine.taken("0@0");

        // When the partition goes and comes back while the first still runs
        engine.assign();
        engine.turns(1);
        engine.assign(0);
        engine.consumer.seek(Records.partition(0), 0);
        engine.fetched(0, 0, 1);
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@0");

        // Then its end releases nobody
        late.complete(null);
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@0");
        engine.done("0@0");
        engine.turns(2);
        assertThat(engine.running).containsOnlyKeys("0@1");
    }

    @Test
    void close_leavesThoseThatWait() {
        inLane("a", "0@0", "0@1");
        engine.assign(0);
        engine.fetched(0, 0, 1);
        engine.turns(2);
        engine.loop.stop(Duration.ofSeconds(20));
        engine.consumer.schedulePollTask(() -> engine.done("0@0"));
        engine.isRealTime = true;
        engine.loop.run();

        assertThat(engine.loop.hasDrained()).isTrue();
        assertThat(engine.running).isEmpty();
    }

    @Test
    void laneKeysThrows_endsTheEngine() {
        engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 1_000)) {
            @Override
            public Set<String> laneKeys(io.toolstream.wire.InboundRecord record) {
                throw new IllegalStateException("bug");
            }
        };
        engine.assign(0);
        engine.fetched(0, 0);
        engine.loop.run();

        assertThat(engine.loop.terminated()).isCompletedExceptionally();
        assertThat(engine.running).isEmpty();
    }

    private void inLane(String key, String... records) {
        for (String record : records) {
            engine.lanes.put(record, Set.of(key));
        }
    }
}
