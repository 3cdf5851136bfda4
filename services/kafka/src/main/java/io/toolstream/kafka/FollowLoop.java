package io.toolstream.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a follower's thread: the only one to touch its consumer. {@code wanted} and {@code left} are
 * guarded by this object's lock. */
final class FollowLoop {
    private static final Logger log = LoggerFactory.getLogger(FollowLoop.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);
    /** Between two looks at a log that nobody waits for, once there is little to read. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int LITTLE = 100;
    private static final long BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Duration reach;
    private final LogFollower.Listener listener;
    private final PollSignal signal = new PollSignal();
    private final Trouble trouble;
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();
    private final Set<Integer> wanted = new HashSet<>();
    private final Set<Integer> left = new HashSet<>();
    private final Set<TopicPartition> started = new HashSet<>(); // of the thread: with a position of their own
    private volatile boolean isChanged;
    private volatile boolean isHurried;
    private volatile boolean isStopped;

    FollowLoop(Consumer<byte[], byte[]> consumer, String topic, Duration reach, LogFollower.Listener listener) {
        this.consumer = consumer;
        this.topic = topic;
        this.reach = reach;
        this.listener = listener;
        this.trouble = new Trouble("topic " + topic + " cannot be followed");
    }

    void run() {
        @Nullable Throwable failure = null;
        try {
            while (!isStopped) {
                attempt(this::turn);
            }
        } catch (Throwable e) { // the thread's backstop
            failure = e;
        }
        end(failure);
    }

    /** Any thread. */
    void follow(int partition) {
        synchronized (this) {
            if (!wanted.add(partition)) {
                return;
            }
            isChanged = true;
        }
        wake();
    }

    /** Any thread. One that is followed again begins anew. */
    void leave(int partition) {
        synchronized (this) {
            if (!wanted.remove(partition)) {
                return;
            }
            left.add(partition);
            isChanged = true;
        }
        wake();
    }

    /** Somebody waits for what stands in the log. Any thread. */
    void hurry() {
        isHurried = true;
        signal.ring();
    }

    /** Any thread. */
    void stop() {
        isStopped = true;
        wake();
    }

    CompletableFuture<Void> terminated() {
        return terminated;
    }

    @Nullable
    String trouble() {
        return trouble.now();
    }

    private void wake() {
        signal.ring();
        consumer.wakeup();
    }

    private void turn() {
        if (isChanged) {
            assignWanted();
        }
        if (consumer.assignment().isEmpty()) {
            signal.await(() -> isChanged || isStopped, POLL.toNanos());
        } else {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            handOver(records);
            rest(records.count());
        }
        trouble.over();
    }

    /** Every fetch for a single record is work for the broker, and what this process writes it need not be told. */
    private void rest(int read) {
        isHurried = false;
        if (read > 0 && read < LITTLE && !listener.isAwaited()) {
            signal.await(() -> isHurried || isChanged || isStopped, REST_NANOS);
        }
    }

    private void assignWanted() {
        try {
            assign();
        } catch (RuntimeException e) {
            isChanged = true; // tried again as a whole
            throw e;
        }
    }

    /** Those followed already go on where they are. */
    private void assign() {
        Set<TopicPartition> all = partitions();
        started.retainAll(all);
        consumer.assign(all);
        Set<TopicPartition> added = new HashSet<>(all);
        added.removeAll(started);
        Map<TopicPartition, Long> starts = added.isEmpty() ? Map.of() : starts(added);
        starts.forEach((partition, offset) -> {
            consumer.seek(partition, offset);
            started.add(partition);
            listener.startsAt(partition.partition(), offset);
        });
    }

    private synchronized Set<TopicPartition> partitions() {
        isChanged = false;
        left.forEach(partition -> started.remove(new TopicPartition(topic, partition)));
        left.clear();
        return wanted.stream()
                .map(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toSet());
    }

    private Map<TopicPartition, Long> starts(Set<TopicPartition> added) {
        long sinceMillis = System.currentTimeMillis() - reach.toMillis();
        Map<TopicPartition, Long> wantedTimes =
                added.stream().collect(Collectors.toMap(partition -> partition, partition -> sinceMillis));
        // The ends first: what is appended between the two questions is read, not skipped.
        Map<TopicPartition, Long> ends = consumer.endOffsets(added, LOOK_UP);
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wantedTimes, LOOK_UP);
        return added.stream()
                .collect(Collectors.toMap(partition -> partition, partition -> start(partition, found, ends)));
    }

    private static long start(
            TopicPartition partition, Map<TopicPartition, OffsetAndTimestamp> found, Map<TopicPartition, Long> ends) {
        OffsetAndTimestamp youngEnough = found.get(partition);
        return youngEnough == null ? ends.getOrDefault(partition, 0L) : youngEnough.offset();
    }

    private void handOver(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            listener.read(InboundRecords.of(record));
        }
        for (Map.Entry<TopicPartition, OffsetAndMetadata> next :
                records.nextOffsets().entrySet()) {
            listener.readUpTo(next.getKey().partition(), next.getValue().offset());
        }
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (WakeupException e) {
            log.trace("woken"); // to look whether to go on, and with what
        } catch (InvalidOffsetException e) {
            log.warn("{}: the position is not in the log, begins anew", e.partitions());
            begin(e.partitions());
        } catch (KafkaException e) {
            if (!PollFailures.mayPass(e, true)) {
                throw e;
            }
            trouble.met(e);
            signal.await(() -> isStopped, BACK_OFF_NANOS);
        }
    }

    /** The next turn follows them again, as if they were new. */
    private void begin(Set<TopicPartition> partitions) {
        started.removeAll(partitions);
        isChanged = true;
    }

    private void end(@Nullable Throwable failure) {
        try {
            consumer.close(CloseOptions.timeout(Duration.ZERO)); // else it waits for its last, idle fetch
        } catch (RuntimeException e) {
            log.warn("the consumer of {} did not close in good order", topic, e);
        }
        if (failure == null) {
            terminated.complete(null);
        } else {
            log.error("topic {} is no longer followed", topic, failure);
            terminated.completeExceptionally(failure);
        }
    }
}
