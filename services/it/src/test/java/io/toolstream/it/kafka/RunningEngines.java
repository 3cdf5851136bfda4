package io.toolstream.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.kafka.ConsumerEngine;
import io.toolstream.kafka.ConsumerEngineSettings;
import io.toolstream.kafka.EngineSnapshot;
import io.toolstream.kafka.Lease;
import io.toolstream.kafka.PartitionSnapshot;
import io.toolstream.kafka.RecordHandler;
import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Engines of one group, which end with their test, and what they were handed. */
final class RunningEngines implements AutoCloseable {
    static final Map<String, String> QUICK = Map.of("heartbeat.interval.ms", "200");
    static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    final String group = TestCluster.fresh("group");
    final ScheduledExecutorService later = Executors.newScheduledThreadPool(2);

    /** Values handed over, in their order. */
    final List<Integer> seen = new CopyOnWriteArrayList<>();

    private final Queue<CompletableFuture<Void>> open = new ConcurrentLinkedQueue<>();
    private final List<ConsumerEngine> started = new ArrayList<>();
    private final TestCluster cluster;

    RunningEngines(TestCluster cluster) {
        this.cluster = cluster;
    }

    ConsumerEngine start(ConsumerEngineSettings settings, Map<String, String> properties, RecordHandler handler) {
        ConsumerEngine engine = ConsumerEngine.start(cluster.connection(properties), settings, handler);
        started.add(engine);
        return engine;
    }

    CompletableFuture<Void> doneAtOnce(InboundRecord record, Lease lease) {
        seen.add(Engines.value(record));
        return DONE;
    }

    CompletableFuture<Void> keepOpen(InboundRecord record, Lease lease) {
        seen.add(Engines.value(record));
        CompletableFuture<Void> stage = new CompletableFuture<>();
        open.add(stage);
        return stage;
    }

    void completeUntil(Callable<Boolean> holds) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    for (CompletableFuture<Void> stage = open.poll(); stage != null; stage = open.poll()) {
                        stage.complete(null);
                    }
                    return holds.call();
                });
    }

    void awaitCommitted(String topic, int partitions) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(cluster.committed(group)).isEqualTo(cluster.ends(topic, partitions)));
    }

    PartitionSnapshot partition(ConsumerEngine engine, int partition) {
        EngineSnapshot snapshot = engine.snapshot();
        return snapshot.partitions().stream()
                .filter(one -> one.partition() == partition)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        started.forEach(engine -> engine.close(Duration.ZERO));
        later.shutdownNow();
    }
}
