package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is committed, and when. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class PollLoopCommitTest {
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
}
