package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

/** A poll loop over Kafka's mock consumer, turned by hand, with a handler whose completions the test gives. */
class MockedEngine implements RecordHandler {
    private static final AtomicInteger HOLDERS = new AtomicInteger();

    final MockConsumer<byte[], byte[]> consumer;
    final AtomicLong nanos = new AtomicLong(System.nanoTime());
    volatile boolean isRealTime;
    final Map<String, CompletableFuture<Void>> running = new HashMap<>();
    final List<Lease> leases = new ArrayList<>();

    /** At how many crashes they were in flight. */
    final Map<String, Integer> condemned = new HashMap<>();

    /** Keys of records by their name, as in {@link #running}. */
    final Map<String, Set<String>> lanes = new HashMap<>();

    final PollLoop loop;

    MockedEngine(ConsumerEngineSettings settings) {
        this(settings, new MockConsumer<>("earliest"));
    }

    MockedEngine(ConsumerEngineSettings settings, MockConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        this.loop = new PollLoop(
                consumer,
                settings,
                this,
                HOLDERS.incrementAndGet(),
                () -> isRealTime ? System.nanoTime() : nanos.get());
        loop.subscribe();
    }

    static ConsumerEngineSettings settings(int maxInFlight, long maxBytes, int maxUnsettled) {
        return new ConsumerEngineSettings(
                "group",
                List.of(Records.TOPIC),
                maxInFlight,
                maxBytes,
                maxUnsettled,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ZERO,
                GroupProtocol.CLASSIC);
    }

    @Override
    public CompletionStage<?> handle(InboundRecord record, Lease lease) {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        running.put(name(record), stage);
        leases.add(lease);
        return stage;
    }

    @Override
    public CompletionStage<?> condemned(InboundRecord record, Lease lease, int crashes) {
        condemned.put(name(record), crashes);
        return handle(record, lease);
    }

    @Override
    public Set<String> laneKeys(InboundRecord record) {
        return lanes.getOrDefault(name(record), Set.of());
    }

    private static String name(InboundRecord record) {
        return record.position().partition() + "@" + record.position().offset();
    }

    void assign(int... partitions) {
        List<TopicPartition> all = new ArrayList<>();
        Map<TopicPartition, Long> beginnings = new HashMap<>();
        for (int partition : partitions) {
            all.add(Records.partition(partition));
            beginnings.put(Records.partition(partition), 0L);
        }
        consumer.updateBeginningOffsets(beginnings);
        consumer.rebalance(all);
    }

    void fetched(int partition, long... offsets) {
        for (long offset : offsets) {
            consumer.addRecord(Records.fetched(partition, offset, 100));
        }
    }

    void done(String... records) {
        for (String record : records) {
            taken(record).complete(null);
        }
    }

    CompletableFuture<Void> taken(String record) {
        CompletableFuture<Void> stage = running.remove(record);
        if (stage == null) {
            throw new AssertionError(record + " is not with the handler, which has " + running.keySet());
        }
        return stage;
    }

    /** Reads, hands over. */
    void turns(int count) {
        for (int i = 0; i < count; i++) {
            nanos.addAndGet(Duration.ofMillis(60).toNanos());
            loop.turn();
        }
    }

    PartitionSnapshot snapshot(int partition) {
        return loop.snapshot().partitions().stream()
                .filter(one -> one.partition() == partition)
                .findFirst()
                .orElseThrow();
    }
}
