package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is handed over, and what is held back. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class PollLoopTest {
    private final RefusingConsumer consumer = new RefusingConsumer();
    private MockedEngine engine = new MockedEngine(MockedEngine.settings(100, 1_000_000, 1_000), consumer);

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
}
