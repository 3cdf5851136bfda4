package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows partitions of one topic without a group: every tail sees every record. Survives brokers that go away and come
 * back. Where its position is no longer in the log (retention, truncation, a topic made anew) it goes on with the oldest
 * record there is, and counts that.
 *
 * <p>One thread of its own, {@code tail-n}, on which the records arrive and the futures complete. The record consumer must
 * not block; what it throws ends the tail. Methods here are for any thread; only {@code close} blocks.
 */
public final class PartitionTail implements AutoCloseable {
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final TailReading reading;
    private final @Nullable TailLag lag;
    private final ReadLoop loop;

    private PartitionTail(TailReading reading, @Nullable TailLag lag, ReadLoop loop) {
        this.reading = reading;
        this.lag = lag;
        this.loop = loop;
    }

    /** Follows all partitions of the topic, also those added later (seen within half a minute, read from their start). */
    public static PartitionTail start(
            KafkaConnection connection, String topic, StartAt start, Consumer<InboundRecord> onTailThread) {
        return open(connection, new TailPartitions(topic, null, start), onTailThread, null);
    }

    /** The same, and knows its {@link #lagNanos() lag}: asks the broker for the topic's end so often. */
    public static PartitionTail start(
            KafkaConnection connection,
            String topic,
            StartAt start,
            Duration askEvery,
            Consumer<InboundRecord> onTailThread) {
        return open(connection, new TailPartitions(topic, null, start), onTailThread, askEvery);
    }

    /** Follows these partitions. */
    public static PartitionTail start(
            KafkaConnection connection,
            String topic,
            Set<Integer> partitions,
            StartAt start,
            Consumer<InboundRecord> onTailThread) {
        return open(connection, new TailPartitions(topic, Set.copyOf(partitions), start), onTailThread, null);
    }

    private static PartitionTail open(
            KafkaConnection connection,
            TailPartitions partitions,
            Consumer<InboundRecord> onTailThread,
            @Nullable Duration askEvery) {
        TailLag lag = askEvery == null ? null : new TailLag(askEvery, System::nanoTime);
        TailReading reading = new TailReading(partitions, onTailThread, lag);
        String thread = "tail-" + THREADS.incrementAndGet();
        String title = "topic " + partitions.topic();
        String role = "tail-" + partitions.topic();
        Map<String, Object> properties = lag == null
                ? ConsumerProperties.ofReader(connection, role)
                : ConsumerProperties.ofAskingReader(connection, role);
        return new PartitionTail(reading, lag, ReadLoop.start(properties, reading, title, thread));
    }

    /**
     * Completes when whatever is produced from then on will be seen; exceptionally if the tail ends before, for example
     * because there is no such topic.
     */
    public CompletableFuture<Void> ready() {
        return reading.ready();
    }

    /**
     * Completes when everything that stood in the topic when the tail began has been handed over: for
     * {@link StartAt#END} when it is ready.
     */
    public CompletableFuture<Void> caughtUp() {
        return reading.caughtUp();
    }

    /** Completes when the tail has ended: exceptionally unless {@link #close} ended it. */
    public CompletableFuture<Void> terminated() {
        return loop.terminated();
    }

    /** How often a position was not in the log, so that records may have been missed or are seen again. */
    public long resets() {
        return reading.resets();
    }

    /** What keeps the tail from reading, a broker that has not answered for five seconds among it; null while nothing does. */
    public @Nullable String trouble() {
        return loop.troubleOrSilence();
    }

    /**
     * Everything that stood in the topic this long ago has been handed over. {@link Long#MAX_VALUE} while that is not known:
     * before it is caught up, while it reads again after its position was lost, and for a tail that was not asked to know.
     */
    public long lagNanos() {
        return lag == null ? TailLag.UNKNOWN : lag.nanos();
    }

    /** Ends the tail and waits for its thread, up to 10 s; on that thread it only begins. */
    @Override
    public void close() {
        loop.close();
    }
}
