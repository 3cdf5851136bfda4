package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class ReadLoopTest {
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final Scripted reading = new Scripted();
    private final ReadLoop loop = new ReadLoop(consumer, reading, "topic calls", "read-test");

    ReadLoopTest() {
        consumer.assign(List.of(Records.partition(0)));
        consumer.seek(Records.partition(0), 0);
    }

    @AfterEach
    void stop() {
        loop.close();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void whatComesDuringARest_isOneRead() throws InterruptedException {
        reading.restNanos = TimeUnit.MINUTES.toNanos(1);
        fetched(0, 1);
        loop.start();
        assertThat(reading.rests.await(10, TimeUnit.SECONDS)).isTrue();

        // When several records come, one by one, and then the rest is over
        fetched(2);
        fetched(3, 4);
        reading.restNanos = 0;
        reading.isUrgent = true;
        loop.hurry();

        await().untilAsserted(() -> assertThat(reading.reads).containsExactly(2, 3));
    }

    @Test
    void readThatFailsInAWayThatPasses_isTriedAgain() {
        consumer.setPollException(new TimeoutException("no broker"));
        fetched(0);
        loop.start();

        await().untilAsserted(() -> assertThat(reading.reads).containsExactly(1));
        assertThat(loop.trouble()).isNull();
    }

    @Test
    void readThatIsForbidden_endsIt_untilItHasBegun() {
        reading.hasBegun = false;
        consumer.setPollException(new TopicAuthorizationException(Set.of("calls")));
        loop.start();

        assertThat(loop.terminated()).failsWithin(Duration.ofSeconds(10));
        await().untilAsserted(() ->
                assertThat(reading.ended).hasSize(1).first().isInstanceOf(TopicAuthorizationException.class));
    }

    @Test
    void positionThatIsNotInTheLog_isTheReadingsMatter() {
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(Records.partition(0), 7L)));
        loop.start();

        await().untilAsserted(() -> assertThat(reading.lost).containsExactly(Records.partition(0)));
    }

    @Test
    void whatTheHandlerThrows_endsIt() {
        reading.bug = new TimeoutException("of the handler, not of the broker");
        fetched(0);
        loop.start();

        assertThat(loop.terminated()).failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void close_ofItsOwnThread_doesNotWaitForItself() {
        reading.onRead = loop::close;
        fetched(0);
        loop.start();

        assertThat(loop.terminated()).succeedsWithin(Duration.ofSeconds(10));
    }

    private void fetched(long... offsets) {
        for (long offset : offsets) {
            consumer.addRecord(Records.fetched(0, offset, 10));
        }
    }

    /** Does as it is told. */
    private static final class Scripted implements Reading {
        final List<Integer> reads = new CopyOnWriteArrayList<>();
        final List<TopicPartition> lost = new CopyOnWriteArrayList<>();
        final List<Throwable> ended = new CopyOnWriteArrayList<>();
        final CountDownLatch rests = new CountDownLatch(1);
        volatile long restNanos = TimeUnit.MILLISECONDS.toNanos(1);
        volatile boolean isUrgent;
        volatile boolean hasBegun = true;
        volatile Runnable onRead = () -> {};
        volatile @Nullable RuntimeException bug;

        @Override
        public ConsumerRecords<byte[], byte[]> read(Consumer<byte[], byte[]> from) {
            return from.poll(Duration.ofMillis(10));
        }

        @Override
        public void handOver(ConsumerRecords<byte[], byte[]> records) {
            if (records.isEmpty()) {
                return;
            }
            reads.add(records.count());
            onRead.run();
            RuntimeException thrown = bug;
            if (thrown != null) {
                throw thrown;
            }
        }

        @Override
        public long restNanos(int records) {
            if (records > 0) {
                rests.countDown();
            }
            return restNanos;
        }

        @Override
        public boolean isUrgent() {
            return isUrgent;
        }

        @Override
        public void lost(Consumer<byte[], byte[]> from, Set<TopicPartition> partitions) {
            lost.addAll(partitions);
        }

        @Override
        public boolean hasBegun() {
            return hasBegun;
        }

        @Override
        public void ended(@Nullable Throwable failure) {
            if (failure != null) {
                ended.add(failure);
            }
        }
    }
}
