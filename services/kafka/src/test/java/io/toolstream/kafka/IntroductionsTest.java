package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.Introductions.Entry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class IntroductionsTest {
    private static final int PARTITIONS = 4;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Introductions introductions = new Introductions(nanos::get);

    @Test
    void enter_whileTheFirstOfAPartitionIsUnderWay_waits() {
        Entry first = enter(2);

        assertThat(first.isFirst()).isTrue();
        assertThat(introductions.enter("replies", 2, null, PARTITIONS)).isNull();
        assertThat(enter(3).isFirst()).isTrue();
        assertThat(introductions.enter("other", 2, null, PARTITIONS)).isNotNull();
    }

    @Test
    void enter_onceTheFirstIsAcknowledged_isFree() {
        enter(2).ended(true);

        assertThat(enter(2).isFirst()).isFalse();
        assertThat(enter(2).partition()).isEqualTo(2);
    }

    @Test
    void enter_afterTheFirstHasFailed_isTheFirst() {
        enter(2).ended(false);

        assertThat(enter(2).isFirst()).isTrue();
    }

    @Test
    void enter_byKey_isWhereTheProducerPutsIt() {
        byte[] key = {1, 2, 3};
        int partition = Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;

        Entry first = Objects.requireNonNull(introductions.enter("replies", null, key, PARTITIONS));

        assertThat(first.partition()).isEqualTo(partition);
        assertThat(introductions.enter("replies", partition, null, PARTITIONS)).isNull();
    }

    @Test
    void enter_anywhere_introducesEachPartition_andThenLeavesItToTheProducer() {
        Map<Integer, Entry> firsts = new HashMap<>();
        for (int i = 0; i < PARTITIONS; i++) {
            Entry first = Objects.requireNonNull(anywhere());
            firsts.put(Objects.requireNonNull(first.partition()), first);
        }
        assertThat(firsts).hasSize(PARTITIONS);
        assertThat(anywhere()).isNull();

        Objects.requireNonNull(firsts.get(1)).ended(true);
        assertThat(anywhere()).isEqualTo(new Entry(1, null));
        firsts.remove(1);
        firsts.values().forEach(first -> first.ended(true));

        assertThat(anywhere()).isEqualTo(new Entry(null, null));
    }

    @Test
    void enter_anHourLater_isTheFirstAgain() {
        enter(2).ended(true);
        nanos.addAndGet(Duration.ofMinutes(61).toNanos());

        assertThat(enter(2).isFirst()).isTrue();
    }

    @Test
    void enter_aTopicThatHasMorePartitionsNow_knowsThem() {
        enter(2).ended(true);

        Entry later = Objects.requireNonNull(introductions.enter("replies", 7, null, 8));

        assertThat(later.isFirst()).isTrue();
        assertThat(later.partition()).isEqualTo(7);
    }

    private Entry enter(int partition) {
        return Objects.requireNonNull(introductions.enter("replies", partition, null, PARTITIONS));
    }

    private @Nullable Entry anywhere() {
        return introductions.enter("replies", null, null, PARTITIONS);
    }
}
