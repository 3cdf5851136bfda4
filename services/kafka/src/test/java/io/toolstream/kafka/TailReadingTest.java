package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;

final class TailReadingTest {
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final List<Long> seen = new ArrayList<>();
    private final TailReading reading = new TailReading(
            new TailPartitions(Records.TOPIC, null, StartAt.BEGINNING),
            record -> seen.add(record.position().offset()),
            null);

    @Test
    void manyAtOnce_letTheNextGather_oneAloneDoesNot() {
        begin(0);
        turn();
        assertThat(reading.caughtUp()).isCompleted();

        fetched(0);
        assertThat(turn()).isZero();
        fetched(1, 2, 3);
        assertThat(turn()).isZero();
        fetched(4, 5, 6, 7);
        assertThat(turn()).isEqualTo(TailReading.GATHER_NANOS);
        assertThat(turn()).as("nothing came").isZero();
        assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void whatStoodThereBefore_isReadWithoutARest() {
        begin(100);
        fetched(0, 1, 2, 3, 4, 5);

        assertThat(turn()).isZero();
        assertThat(reading.caughtUp()).isNotDone();
    }

    @Test
    void topicThatIsNotThereYet_isLookedForAgainAfterAWhile() {
        assertThat(turn()).isPositive();
        assertThat(reading.hasBegun()).isFalse();

        begin(0);
        assertThat(reading.ready()).isCompleted();
    }

    @Test
    void lostPosition_goesOnWithTheOldestRecord_andIsCounted() {
        begin(0);
        consumer.updateBeginningOffsets(Map.of(Records.partition(0), 5L));

        reading.lost(consumer, Set.of(Records.partition(0)));

        fetched(5);
        turn();
        assertThat(seen).containsExactly(5L);
        assertThat(reading.resets()).isEqualTo(1);
    }

    @Test
    void ended_failsWhoWaits() {
        reading.ended(null);

        assertThat(reading.ready()).isCompletedExceptionally();
        assertThat(reading.caughtUp()).isCompletedExceptionally();
    }

    private void begin(long end) {
        Node node = new Node(0, "localhost", 1);
        Node[] replicas = {node};
        consumer.updatePartitions(
                Records.TOPIC, List.of(new PartitionInfo(Records.TOPIC, 0, node, replicas, replicas)));
        consumer.updateBeginningOffsets(Map.of(Records.partition(0), 0L));
        consumer.updateEndOffsets(Map.of(Records.partition(0), end));
        turn();
        assertThat(reading.hasBegun()).isTrue();
    }

    private void fetched(long... offsets) {
        for (long offset : offsets) {
            consumer.addRecord(Records.fetched(0, offset, 10));
        }
    }

    /** One turn of the loop. Returns the rest after it. */
    private long turn() {
        var records = reading.read(consumer);
        reading.handOver(records);
        reading.look(consumer);
        return reading.restNanos(records.count());
    }
}
