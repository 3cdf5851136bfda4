package io.toolstream.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.ConsumerEngine;
import io.toolstream.kafka.GroupProtocol;
import io.toolstream.kafka.Lease;
import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Members join and leave one by one while records are handled out of order. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class MembershipTest {
    private static final int PARTITIONS = 8;
    private static final int RECORDS = 20_000;

    /** Members of the classic protocol learn of a rebalance by their heartbeats. */
    private static final Map<String, String> QUICK_HEARTBEAT = Map.of("heartbeat.interval.ms", "200");

    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(3);
    private final AtomicIntegerArray completions = new AtomicIntegerArray(RECORDS);
    private final Deque<ConsumerEngine> members = new ArrayDeque<>();
    private final AtomicReference<@Nullable String> broken = new AtomicReference<>();
    private volatile boolean areMembersSettled;
    private final TestCluster cluster;
    private String topic = "";
    private String group = "";

    MembershipTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void stop() {
        members.forEach(member -> member.close(Duration.ZERO));
        later.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void membersComeAndGo_nothingIsLost_orRunTwice_andOffsetsAreExact(GroupProtocol protocol) {
        topic = cluster.topic(PARTITIONS);
        group = TestCluster.fresh("group");
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        CompletableFuture<Void> produced = CompletableFuture.runAsync(this::produceUntilMembersSettled, later);

        // When three members join, and each leaves and another joins, and at every look offsets cover completed records
        for (int i = 0; i < 3; i++) {
            join(protocol, random.split());
        }
        for (int i = 0; i < 3; i++) {
            ConsumerEngine leaving = members.removeFirst();
            assertThat(leaving.close(Duration.ofSeconds(30))).isTrue();
            assertThat(leaving.terminated()).isCompleted();
            join(protocol, random.split());
        }
        areMembersSettled = true;
        TestCluster.await(produced);

        // Then the offsets reach the ends, and every record was handled once: all hand-overs had time to drain
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            checkCommitted();
            assertThat(cluster.committed(group)).isEqualTo(cluster.ends(topic, PARTITIONS));
        });
        assertThat(broken.get()).isNull();
        for (int value = 0; value < RECORDS; value++) {
            assertThat(completions.get(value)).as("record %d", value).isEqualTo(1);
        }
    }

    /** Joins, and waits until the newcomer has been given partitions, which others had to give up. */
    private void join(GroupProtocol protocol, SplittableRandom random) {
        ConsumerEngine member = ConsumerEngine.start(
                cluster.connection(protocol == GroupProtocol.CLASSIC ? QUICK_HEARTBEAT : Map.of()),
                Engines.settings(group, topic, 200, protocol),
                (record, lease) -> handle(record, lease, random));
        members.addLast(member);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    checkCommitted();
                    return !member.snapshot().partitions().isEmpty();
                });
    }

    private void produceUntilMembersSettled() {
        int value = 0;
        while (value < RECORDS) {
            int next = areMembersSettled ? RECORDS : Math.min(value + 40, RECORDS - 1_000);
            cluster.produce(topic, PARTITIONS, value, next);
            value = next;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private CompletionStage<?> handle(InboundRecord record, Lease lease, SplittableRandom random) {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        var unused = later.schedule(
                () -> {
                    completions.incrementAndGet(Engines.value(record));
                    if (!lease.isHeld()) {
                        broken.compareAndSet(null, "no longer held at " + record.position());
                    }
                    stage.complete(null);
                },
                random.nextInt(40),
                TimeUnit.MILLISECONDS);
        return stage;
    }

    private void checkCommitted() {
        cluster.committed(group).forEach((partition, offset) -> {
            for (long below = 0; below < offset; below++) {
                assertThat(completions.get((int) (below * PARTITIONS + partition)))
                        .as("%d@%d is committed", partition, below)
                        .isPositive();
            }
        });
    }
}
