package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.kafka.LogFollower.Listener;
import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FollowReadingTest {
    private final Broker broker = new Broker();
    private final FollowReading reading = new FollowReading(Records.TOPIC, Duration.ofHours(1));
    private final Ear ear = new Ear();

    @Test
    void follow_beginsAtTheFirstRecordThatIsYoungEnough_orAtTheEnd() {
        broker.youngEnough = 3L;
        reading.follow(0, ear);
        turn();
        assertThat(ear.heard).containsExactly("starts at 3");

        Ear other = new Ear();
        broker.youngEnough = null;
        reading.follow(1, other);
        turn();
        assertThat(other.heard).containsExactly("starts at 10");
    }

    @Test
    void follow_whileTheBrokerIsSilent_isTriedAgainAsAWhole() {
        broker.isSilent = true;
        reading.follow(0, ear);
        assertThat(reading.isUrgent()).isTrue();
        assertThatThrownBy(this::turn).isInstanceOf(TimeoutException.class);
        assertThat(reading.isUrgent()).isTrue();
        assertThat(ear.heard).isEmpty();

        broker.isSilent = false;
        turn();
        assertThat(ear.heard).containsExactly("starts at 10");
    }

    @Test
    void leave_itsListenerHearsNothingMore_norDoesTheNextOneBeforeItsStart() {
        reading.follow(0, ear);
        turn();
        broker.addRecord(Records.fetched(0, 10, 1));
        turn();
        assertThat(ear.heard).contains("10");
        ear.heard.clear();

        // When it is left and followed anew while records come
        broker.addRecord(Records.fetched(0, 11, 1));
        var late = reading.read(broker);
        Ear next = new Ear();
        reading.leave(0);
        reading.follow(0, next);
        reading.handOver(late);
        assertThat(ear.heard).isEmpty();
        assertThat(next.heard).isEmpty();

        turn();
        assertThat(next.heard).first().isEqualTo("starts at 10");
    }

    @Test
    void lostPosition_beginsAnew() {
        reading.follow(0, ear);
        turn();
        broker.youngEnough = 2L;

        reading.lost(broker, Set.of(Records.partition(0)));
        turn();

        assertThat(ear.heard).containsExactly("starts at 10", "starts at 2");
    }

    @Test
    void rest_afterALittle_unlessSomebodyWaits() {
        assertThat(reading.restNanos(0)).as("follows nothing").isPositive();
        reading.follow(0, ear);
        turn();

        assertThat(reading.restNanos(0)).as("polls on").isZero();
        assertThat(reading.restNanos(1)).isEqualTo(FollowReading.REST_NANOS);
        assertThat(reading.restNanos(1_000)).as("much to read").isZero();
        ear.isAwaited = true;
        assertThat(reading.restNanos(1)).isZero();
        ear.isAwaited = false;
        reading.hurry();
        assertThat(reading.isUrgent()).isTrue();
    }

    private void turn() {
        reading.handOver(reading.read(broker));
    }

    private static final class Ear implements Listener {
        final List<String> heard = new ArrayList<>();
        boolean isAwaited;

        @Override
        public void startsAt(long offset) {
            heard.add("starts at " + offset);
        }

        @Override
        public void read(InboundRecord record) {
            heard.add(Long.toString(record.position().offset()));
        }

        @Override
        public boolean isAwaited() {
            return isAwaited;
        }
    }

    /** Whose partitions end at 10. */
    private static final class Broker extends MockConsumer<byte[], byte[]> {
        @Nullable
        Long youngEnough;

        boolean isSilent;

        Broker() {
            super("none");
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            if (isSilent) {
                throw new TimeoutException("as told");
            }
            Map<TopicPartition, Long> ends = new HashMap<>();
            partitions.forEach(partition -> ends.put(partition, 10L));
            updateBeginningOffsets(Map.copyOf(zeros(partitions)));
            return ends;
        }

        private static Map<TopicPartition, Long> zeros(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> zeros = new HashMap<>();
            partitions.forEach(partition -> zeros.put(partition, 0L));
            return zeros;
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times, Duration timeout) {
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            Long offset = youngEnough;
            if (offset != null) {
                times.keySet().forEach(partition -> found.put(partition, new OffsetAndTimestamp(offset, 0)));
            }
            return found;
        }
    }
}
