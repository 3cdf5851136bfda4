package io.toolstream.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.ConsumerEngine;
import io.toolstream.kafka.GroupProtocol;
import io.toolstream.kafka.Lease;
import io.toolstream.kafka.RecordHandler;
import io.toolstream.wire.InboundRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What engines leave behind for one another: order by key, and records that end whoever runs them. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RecoveryTest extends OnEngines {
    private static final int POISON = 42;

    RecoveryTest(TestCluster cluster) {
        super(cluster);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void recordThatFailsItsEngine_isCondemnedAfterThree_andTheOthersRunOnce(GroupProtocol protocol) {
        // Given a record at which the handler fails
        String topic = cluster.topic(1);
        cluster.produce(topic, 1, 0, 100);
        Failing handler = new Failing();

        // When engines take it up one after the other
        for (int life = 1; life <= 3; life++) {
            ConsumerEngine engine = start(topic, protocol, handler);
            assertThat(engine.terminated()).failsWithin(Duration.ofSeconds(60));
            assertThat(handler.met).hasSize(life);
        }
        ConsumerEngine last = start(topic, protocol, handler);

        // Then the fourth is told not to run it, and everything ends
        engines.awaitCommitted(topic, 1);
        assertThat(handler.condemned).isEqualTo(Map.of(POISON, 3));
        assertThat(handler.met).hasSize(3);
        assertThat(last.snapshot().crashes()).isEqualTo(1);
        assertThat(handler.done.keySet()).hasSize(99);
    }

    /** The same with processes that die on the spot. A static member's place is taken over at once. */
    @Test
    void recordThatEndsItsProcess_endsThree_andNoMore(@TempDir Path directory) throws Exception {
        String topic = cluster.topic(1);
        cluster.produce(topic, 1, 0, 100);
        List<Integer> exits = new ArrayList<>();
        for (int life = 1; life <= 4; life++) {
            Path out = directory.resolve("life-" + life);
            exits.add(HaltingMember.run(cluster.connection(), topic, engines.group, POISON, out));
        }

        assertThat(exits).containsExactly(137, 137, 137, 0);
        assertThat(lines(directory.resolve("life-4")))
                .contains("condemned 42 after 3")
                .doesNotContain("handled 42");
        assertThat(cluster.committed(engines.group)).isEqualTo(cluster.ends(topic, 1));
        List<String> handled = new ArrayList<>();
        for (int life = 1; life <= 4; life++) {
            handled.addAll(lines(directory.resolve("life-" + life)));
        }
        handled.removeIf(line -> !line.startsWith("handled"));
        assertThat(handled.stream().distinct()).hasSize(99);
        // And though commits are seconds apart, no crash had more run again than may be unsettled
        assertThat(lines(directory.resolve("life-1"))).hasSizeGreaterThan(2 * HaltingMember.MOST_UNSETTLED);
        assertThat(handled.size() - handled.stream().distinct().count())
                .isLessThanOrEqualTo(3L * HaltingMember.MOST_UNSETTLED);
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void recordsOfOneKey_runOneAfterTheOther_whileMembersComeAndGo(GroupProtocol protocol) {
        // Given 30 keys in 3 partitions, records that take 0 to 3 ms, and a member that leaves halfway
        String topic = cluster.topic(3);
        cluster.produce(topic, 3, 0, 3_000);
        Ordered handler = new Ordered();
        ConsumerEngine first = start(topic, protocol, handler);
        start(topic, protocol, handler);
        await().atMost(Duration.ofSeconds(60)).until(() -> handler.begun.size() > 1_000);
        assertThat(first.close(Duration.ofSeconds(30))).isTrue();

        // Then all is done, once, and no two of a key at a time, nor any before an earlier one
        engines.awaitCommitted(topic, 3);
        assertThat(handler.broken).isEmpty();
        assertThat(handler.begun).hasSize(3_000).doesNotHaveDuplicates();
    }

    private ConsumerEngine start(String topic, GroupProtocol protocol, RecordHandler handler) {
        return engines.start(Engines.settings(engines.group, topic, 50, protocol), Map.of(), handler);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }

    /** Fails at the poison as long as it is asked to run it. */
    private static final class Failing implements RecordHandler {
        final List<Integer> met = new CopyOnWriteArrayList<>();
        final Map<Integer, Integer> done = new ConcurrentHashMap<>();
        final Map<Integer, Integer> condemned = new ConcurrentHashMap<>();

        @Override
        public CompletionStage<?> handle(InboundRecord record, Lease lease) {
            int value = Engines.value(record);
            if (value == POISON) {
                met.add(value);
                return CompletableFuture.failedFuture(new IllegalStateException("poison"));
            }
            done.merge(value, 1, Integer::sum);
            return RunningEngines.DONE;
        }

        @Override
        public CompletionStage<?> condemned(InboundRecord record, Lease lease, int crashes) {
            condemned.put(Engines.value(record), crashes);
            return RunningEngines.DONE;
        }
    }

    private final class Ordered implements RecordHandler {
        final List<Integer> begun = new CopyOnWriteArrayList<>();
        final List<String> broken = new CopyOnWriteArrayList<>();
        private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
        private final Map<String, Integer> latest = new ConcurrentHashMap<>();
        private final SplittableRandom random = new SplittableRandom(11);

        @Override
        public CompletionStage<?> handle(InboundRecord record, Lease lease) {
            int value = Engines.value(record);
            String key = key(record);
            begun.add(value);
            AtomicInteger runningOfKey = running.computeIfAbsent(key, any -> new AtomicInteger());
            Integer before = latest.put(key, value);
            if (runningOfKey.incrementAndGet() > 1 || (before != null && before > value)) {
                broken.add(key + ": " + value + " after " + before);
            }
            CompletableFuture<Void> stage = new CompletableFuture<>();
            var unused = engines.later.schedule(
                    () -> {
                        runningOfKey.decrementAndGet();
                        stage.complete(null);
                    },
                    nextMicros(),
                    TimeUnit.MICROSECONDS);
            return stage;
        }

        @Override
        public Set<String> laneKeys(InboundRecord record) {
            return Set.of(key(record));
        }

        private synchronized int nextMicros() {
            return random.nextInt(3_000);
        }

        private static String key(InboundRecord record) {
            return record.position().partition() + "/" + Engines.value(record) / 3 % 10;
        }
    }
}
