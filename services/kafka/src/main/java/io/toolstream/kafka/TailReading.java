package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a tail reads: partitions from one end of the log on, each record to one handler. */
final class TailReading implements Reading {
    private static final Logger log = LoggerFactory.getLogger(TailReading.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * Where a poll brings this many records, the next waits a moment for more of them: with 50 calls in flight that is a
     * twentieth less CPU for each, broker and all, and as much more throughput. A lone record never waits.
     */
    static final int BUSY_RECORDS = 4;

    static final long GATHER_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** A topic made just now may be unknown to some broker for a moment. */
    private static final long MISSING_TOPIC_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long MISSING_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final TailPartitions partitions;
    private final java.util.function.Consumer<InboundRecord> handler;
    private final AtomicLong resets = new AtomicLong();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final Set<TopicPartition> followed = new HashSet<>();
    private final @Nullable TailLag lag;
    private final long beganNanos = System.nanoTime();
    private @Nullable CatchUp catchUp;
    private long nextLookNanos = beganNanos + LOOK_NANOS;
    private boolean isMissing;

    /** {@code lag} is kept up where it is wanted. */
    TailReading(TailPartitions partitions, java.util.function.Consumer<InboundRecord> handler, @Nullable TailLag lag) {
        this.partitions = partitions;
        this.handler = handler;
        this.lag = lag;
    }

    /** Any thread. */
    CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /** Any thread. */
    CompletableFuture<Void> caughtUp() {
        return caughtUp.copy();
    }

    /** Any thread. */
    long resets() {
        return resets.get();
    }

    @Override
    public boolean hasBegun() {
        return ready.isDone();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> read(Consumer<byte[], byte[]> consumer) {
        if (!hasBegun()) {
            begin(consumer);
            return ConsumerRecords.empty();
        }
        followNew(consumer);
        return consumer.poll(lag == null ? POLL : lag.untilNext());
    }

    private void begin(Consumer<byte[], byte[]> consumer) {
        isMissing = false;
        Set<TopicPartition> wanted = partitions.of(consumer);
        isMissing = !partitions.isComplete(wanted);
        if (isMissing) {
            return;
        }
        consumer.assign(wanted);
        partitions.seekStart(consumer, wanted);
        catchUp = CatchUp.of(consumer, wanted);
        followed.addAll(wanted);
        ready.complete(null);
    }

    /** A partition that was not there is read from its start: what stands in it is new. */
    private void followNew(Consumer<byte[], byte[]> consumer) {
        if (partitions.chosen() != null || System.nanoTime() - nextLookNanos < 0) {
            return;
        }
        nextLookNanos = System.nanoTime() + LOOK_NANOS;
        Set<TopicPartition> added = partitions.of(consumer);
        added.removeAll(followed);
        if (!added.isEmpty()) {
            followed.addAll(added);
            consumer.assign(followed);
            consumer.seekToBeginning(added);
            log.info("follows {} too", added);
        }
    }

    @Override
    public void handOver(ConsumerRecords<byte[], byte[]> records) {
        if (isMissing && System.nanoTime() - beganNanos > MISSING_TOPIC_NANOS) {
            throw new UnknownTopicOrPartitionException(partitions + " is not there");
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            handler.accept(InboundRecords.of(record));
        }
    }

    @Override
    public void look(Consumer<byte[], byte[]> consumer) {
        if (catchUp != null && catchUp.isDone()) {
            catchUp = null;
            caughtUp.complete(null);
        }
        if (lag != null && hasBegun()) {
            lag.look(consumer);
        }
    }

    @Override
    public long restNanos(int records) {
        if (isMissing) {
            return MISSING_LOOK_NANOS;
        }
        return records >= BUSY_RECORDS && catchUp == null ? GATHER_NANOS : 0;
    }

    /** Goes on with the oldest record there is. */
    @Override
    public void lost(Consumer<byte[], byte[]> consumer, Set<TopicPartition> lost) {
        resets.incrementAndGet();
        consumer.seekToBeginning(lost);
        if (lag != null) {
            lag.lost();
        }
    }

    @Override
    public void ended(@Nullable Throwable failure) {
        Throwable why = failure == null ? new IllegalStateException("the tail was closed") : failure;
        ready.completeExceptionally(why);
        caughtUp.completeExceptionally(why);
    }
}
