package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

final class TailLagTest {
    private static final Duration TURN = Duration.ofMillis(10);
    private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // runs over on the way
    private final Broker broker = new Broker();
    private final TailLag lag = new TailLag(Duration.ofNanos(1), clock::get);

    @Test
    void nanos_beforeTheEndIsReached_isUnknown() {
        broker.end(10);
        look();
        assertThat(lag.nanos()).isEqualTo(TailLag.UNKNOWN);

        broker.seek(PARTITION, 9);
        look();
        assertThat(lag.nanos()).isEqualTo(TailLag.UNKNOWN);

        broker.seek(PARTITION, 10);
        look();
        assertThat(lag.nanos()).as("since the end was asked for").isEqualTo(2 * TURN.toNanos());
    }

    @Test
    void nanos_whileTheBrokerIsSilent_grows() {
        broker.end(0);
        look();
        assertThat(lag.nanos()).isZero();

        broker.isSilent = true;
        look();
        look();
        assertThat(lag.nanos()).isEqualTo(2 * TURN.toNanos());

        broker.isSilent = false;
        look();
        assertThat(lag.nanos()).isZero();
    }

    /** What counts is when the end was asked for, not when it was reached. */
    @Test
    void nanos_behindANewEnd_grows() {
        broker.end(0);
        look();
        broker.end(5);
        look();
        assertThat(lag.nanos()).isEqualTo(TURN.toNanos());

        look();
        assertThat(lag.nanos()).isEqualTo(2 * TURN.toNanos());

        broker.seek(PARTITION, 5);
        look();
        assertThat(lag.nanos()).isEqualTo(2 * TURN.toNanos());
    }

    @Test
    void lost_isUnknownUntilTheEndIsReachedAgain() {
        broker.end(5);
        broker.seek(PARTITION, 5);
        look();
        lag.lost();
        broker.seek(PARTITION, 0);

        look();
        assertThat(lag.nanos()).isEqualTo(TailLag.UNKNOWN);

        broker.seek(PARTITION, 5);
        look();
        assertThat(lag.nanos()).isEqualTo(TURN.toNanos());
    }

    /** A turn of the tail later. */
    private void look() {
        clock.addAndGet(TURN.toNanos());
        lag.look(broker);
    }

    private static final class Broker extends MockConsumer<byte[], byte[]> {
        private boolean isSilent;

        Broker() {
            super("earliest");
            assign(List.of(PARTITION));
            seek(PARTITION, 0);
        }

        void end(long offset) {
            updateEndOffsets(Map.of(PARTITION, offset));
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            if (isSilent) {
                throw new TimeoutException("as told");
            }
            return super.endOffsets(partitions, timeout);
        }
    }
}
