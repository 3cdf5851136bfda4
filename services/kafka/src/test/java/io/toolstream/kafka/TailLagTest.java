package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

final class TailLagTest {
    private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

    private final Broker broker = new Broker();
    private final TailLag lag = new TailLag(Duration.ofNanos(1));

    @Test
    void nanos_beforeTheEndIsReached_isUnknown() {
        broker.end(10);
        lag.look(broker);
        assertThat(lag.nanos()).isEqualTo(TailLag.UNKNOWN);

        broker.seek(PARTITION, 9);
        lag.look(broker);
        assertThat(lag.nanos()).isEqualTo(TailLag.UNKNOWN);

        broker.seek(PARTITION, 10);
        lag.look(broker);
        assertThat(lag.nanos()).isLessThan(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void nanos_whileTheBrokerIsSilent_grows() {
        broker.end(0);
        lag.look(broker);
        broker.isSilent = true;
        long before = lag.nanos();

        lag.look(broker);
        assertThat(lag.nanos()).isGreaterThan(before);

        broker.isSilent = false;
        long silent = lag.nanos();
        lag.look(broker);
        assertThat(lag.nanos()).isLessThan(silent);
    }

    /** What counts is when the end was asked for, not when it was reached. */
    @Test
    void nanos_behindANewEnd_grows() {
        broker.end(0);
        lag.look(broker);
        broker.end(5);
        lag.look(broker);
        long behind = lag.nanos();

        lag.look(broker);
        assertThat(lag.nanos()).isGreaterThan(behind);
    }

    @Test
    void lost_isUnknownUntilTheEndIsReachedAgain() {
        broker.end(5);
        broker.seek(PARTITION, 5);
        lag.look(broker);
        lag.lost();
        broker.seek(PARTITION, 0);

        lag.look(broker);
        assertThat(lag.nanos()).isEqualTo(TailLag.UNKNOWN);

        broker.seek(PARTITION, 5);
        lag.look(broker);
        assertThat(lag.nanos()).isNotEqualTo(TailLag.UNKNOWN);
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
