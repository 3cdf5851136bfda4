package io.toolstream.kafka;

import io.toolstream.wire.InboundRecord;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a tail's thread: the only one to touch its consumer. */
final class TailLoop {
    private static final Logger log = LoggerFactory.getLogger(TailLoop.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /**
     * Where a poll brings this many records, the next waits a moment for more of them: with 50 calls in flight that is a
     * twentieth less CPU for each, broker and all, and as much more throughput. A lone record never waits.
     */
    private static final int BUSY_RECORDS = 4;

    private static final long GATHER_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** A topic made just now may be unknown to some broker for a moment. */
    private static final long MISSING_TOPIC_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Consumer<byte[], byte[]> consumer;
    private final TailPartitions partitions;
    private final java.util.function.Consumer<InboundRecord> handler;
    private final PollSignal signal = new PollSignal();
    private final Trouble trouble;
    private final AtomicLong resets = new AtomicLong();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();
    private final Set<TopicPartition> followed = new HashSet<>();
    private final @Nullable TailLag lag;
    private final Duration longestPoll;
    private ConsumerRecords<byte[], byte[]> read = ConsumerRecords.empty();
    private @Nullable CatchUp catchUp;
    private long nextLookNanos = System.nanoTime() + LOOK_NANOS;
    private volatile boolean isStopped;

    /** {@code lag} is kept up where it is wanted. */
    TailLoop(
            Consumer<byte[], byte[]> consumer,
            TailPartitions partitions,
            java.util.function.Consumer<InboundRecord> handler,
            @Nullable TailLag lag) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.handler = handler;
        this.lag = lag;
        this.longestPoll = lag == null ? POLL : lag.every();
        this.trouble = new Trouble("topic " + partitions.topic() + " cannot be followed");
    }

    void run() {
        @Nullable Throwable failure = null;
        try {
            begin();
            while (!isStopped) {
                turn();
            }
        } catch (Throwable e) { // the thread's backstop
            failure = e;
        }
        end(failure);
    }

    /** Any thread. */
    void stop() {
        isStopped = true;
        signal.ring();
        consumer.wakeup();
    }

    CompletableFuture<Void> ready() {
        return ready;
    }

    CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    CompletableFuture<Void> terminated() {
        return terminated;
    }

    long resets() {
        return resets.get();
    }

    @Nullable
    String trouble() {
        return trouble.now();
    }

    private void begin() {
        long beganNanos = System.nanoTime();
        while (!isStopped && !ready.isDone()) {
            attempt(this::seekStart);
            boolean isMissing = followed.isEmpty() && trouble.now() == null;
            if (isMissing && System.nanoTime() - beganNanos > MISSING_TOPIC_NANOS) {
                throw new UnknownTopicOrPartitionException(partitions + " is not there");
            }
            if (isMissing) {
                signal.await(() -> isStopped, BACK_OFF_NANOS);
            }
        }
    }

    private void seekStart() {
        Set<TopicPartition> wanted = partitions.of(consumer);
        if (!partitions.isComplete(wanted)) {
            return;
        }
        consumer.assign(wanted);
        partitions.seekStart(consumer, wanted);
        catchUp = CatchUp.of(consumer, wanted);
        followed.addAll(wanted);
        ready.complete(null);
    }

    private void turn() {
        read = ConsumerRecords.empty();
        attempt(this::read);
        for (ConsumerRecord<byte[], byte[]> record : read) {
            handler.accept(InboundRecords.of(record));
        }
        attempt(this::noteCatchUp);
        attempt(this::noteLag);
        if (read.count() >= BUSY_RECORDS && catchUp == null) {
            signal.await(() -> isStopped, GATHER_NANOS);
        }
    }

    private void read() {
        followNew();
        read = consumer.poll(longestPoll);
    }

    private void noteCatchUp() {
        if (catchUp != null && catchUp.isDone()) {
            catchUp = null;
            caughtUp.complete(null);
        }
    }

    private void noteLag() {
        if (lag != null) {
            lag.look(consumer);
        }
    }

    /** A partition that was not there is read from its start: what stands in it is new. */
    private void followNew() {
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

    private void attempt(Runnable step) {
        try {
            step.run();
            trouble.over();
        } catch (WakeupException e) {
            log.trace("woken"); // to look whether to go on
        } catch (InvalidOffsetException e) {
            resets.incrementAndGet();
            log.warn("{}: the position is not in the log, goes on with the oldest record", e.partitions());
            consumer.seekToBeginning(e.partitions());
            if (lag != null) {
                lag.lost();
            }
        } catch (KafkaException e) {
            if (!PollFailures.mayPass(e, ready.isDone())) {
                throw e;
            }
            trouble.met(e);
            signal.await(() -> isStopped, BACK_OFF_NANOS);
        }
    }

    private void end(@Nullable Throwable failure) {
        try {
            consumer.close(CloseOptions.timeout(Duration.ZERO)); // else it waits for its last, idle fetch
        } catch (RuntimeException e) {
            log.warn("the consumer of {} did not close in good order", partitions.topic(), e);
        }
        Throwable why = failure == null ? new IllegalStateException("the tail was closed") : failure;
        if (failure == null) {
            terminated.complete(null);
        } else {
            log.error("topic {} is no longer followed", partitions.topic(), failure);
            terminated.completeExceptionally(failure);
        }
        ready.completeExceptionally(why);
        caughtUp.completeExceptionally(why);
    }
}
