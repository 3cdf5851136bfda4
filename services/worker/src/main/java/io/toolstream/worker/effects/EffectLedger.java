package io.toolstream.worker.effects;

import io.toolstream.kafka.KafkaConnection;
import io.toolstream.kafka.Publisher;
import io.toolstream.settings.LedgerSettings;
import io.toolstream.wire.EffectEntry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * This worker's side of the effects topic: the partitions of it that it needs to know. A partition is opened when calls of
 * its number are assigned, or when a call needs it, and read from as long ago as the retention; it is closed when nothing
 * needs it any more. Any thread may call; only starting and closing block.
 *
 * <p>Whoever is about to claim need not wait for a partition to be read: no claim is judged before all below it is known.
 */
public final class EffectLedger implements AutoCloseable {
    /** A partition that was asked for a moment ago may be about to be used. */
    private static final Duration KEPT_OPEN = Duration.ofMinutes(1);

    private final Map<Integer, Open> open = new ConcurrentHashMap<>();
    private final LedgerCounts counts = new LedgerCounts();
    private final String claimant = UUID.randomUUID().toString();
    private final AtomicLong claims = new AtomicLong();
    private final EffectLog topic;
    private final LedgerSettings settings;
    private final InstantSource clock;

    private record Open(LedgerPartition partition, AtomicLong lastAskedMillis) {}

    EffectLedger(EffectLog topic, LedgerSettings settings, InstantSource clock) {
        this.topic = topic;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Knows no partition yet.
     *
     * @param publisher does not give up by itself; it is not closed here
     */
    public static EffectLedger start(
            KafkaConnection connection,
            String topic,
            Publisher publisher,
            LedgerSettings settings,
            InstantSource clock) {
        Duration reach = settings.retention().plusMillis(2 * ClaimLog.CLOCK_SKEW_MILLIS);
        return new EffectLedger(new KafkaEffectLog(connection, topic, publisher, reach), settings, clock);
    }

    public LedgerCounts counts() {
        return counts;
    }

    /** Effects remembered. */
    public long size() {
        return open.values().stream().mapToLong(each -> each.partition().size()).sum();
    }

    /** True once it was asked for anything: then it has to hear what is committed. */
    public boolean isOpen() {
        return !open.isEmpty();
    }

    LedgerSettings settings() {
        return settings;
    }

    /** A name that no claim has had, of any worker. */
    String newClaim() {
        return claimant + "-" + claims.incrementAndGet();
    }

    /** Opened, if it was not. */
    LedgerPartition partition(int number) {
        Open known = open.get(number);
        if (known == null) {
            known = open.computeIfAbsent(number, this::open);
        }
        known.lastAskedMillis().set(clock.millis());
        return known.partition();
    }

    private Open open(int number) {
        ClaimLog claimLog =
                new ClaimLog(settings.keysPerPartition(), settings.retention().toMillis());
        LedgerPartition partition = new LedgerPartition(number, topic, claimLog, counts, clock);
        topic.follow(number, partition);
        return new Open(partition, new AtomicLong());
    }

    CompletableFuture<EffectEntry> read(int partition, long offset) {
        return topic.read(partition, offset);
    }

    /**
     * What the consumer engine knows, now and then: opens what is newly assigned, so that its first claim does not wait
     * for the reading; closes what nothing needs.
     *
     * @param committed by number of each assigned partition of calls, negative where it is not known
     */
    public void assigned(Map<Integer, Long> committed) {
        committed.forEach((number, offset) -> {
            LedgerPartition partition = partition(number);
            if (offset >= 0) {
                partition.committed(offset);
            }
        });
        open.values().forEach(each -> each.partition().forget());
        open.values().removeIf(each -> !committed.containsKey(each.partition().number()) && closes(each));
    }

    private boolean closes(Open idle) {
        boolean isIdle = !idle.partition().isInUse()
                && clock.millis() - idle.lastAskedMillis().get() > KEPT_OPEN.toMillis();
        if (isIdle) {
            topic.leave(idle.partition().number());
        }
        return isIdle;
    }

    /** What waits for a verdict waits for ever: its calls are no longer this worker's. */
    @Override
    public void close() {
        topic.close();
    }
}
