package io.toolstream.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits high watermarks and what is done beyond them, on the poll thread: one commit at a time in the background, and at once where a partition
 * leaves. Only the broker's acknowledgement makes an offset committed; whatever else happens (a rebalance under way, a
 * member fenced, a time-out), the next commit says it again. No failure gets out.
 */
final class Committer {
    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    private final Consumer<byte[], byte[]> consumer;
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final Trouble trouble = new Trouble("offsets cannot be committed");
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private boolean isUnderWay;
    private long nextNanos;

    Committer(Consumer<byte[], byte[]> consumer, Duration interval, LongSupplier nanoTime) {
        this.consumer = consumer;
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
        this.nextNanos = nanoTime.getAsLong() + intervalNanos;
    }

    long nanosToNext() {
        return Math.max(0, nextNanos - nanoTime.getAsLong());
    }

    /** Sends a commit if one is due and none is under way. Its end is noted in a later poll. */
    void commitIfDue(Collection<Assignment> assignments) {
        if (nanosToNext() > 0) {
            return;
        }
        nextNanos = nanoTime.getAsLong() + intervalNanos;
        List<PartitionCommit> due = due(assignments);
        if (isUnderWay || due.isEmpty()) {
            return;
        }
        isUnderWay = true;
        try {
            consumer.commitAsync(offsets(due), (ignored, failure) -> {
                isUnderWay = false;
                ended(due, failure);
            });
        } catch (KafkaException e) {
            isUnderWay = false;
            ended(due, e);
        }
    }

    /** Commits and waits for the broker. True if nothing is left to commit. */
    boolean commitNow(Collection<Assignment> assignments, Duration timeout) {
        List<PartitionCommit> due = due(assignments);
        if (due.isEmpty()) {
            return true;
        }
        long deadlineNanos = nanoTime.getAsLong() + timeout.toNanos();
        KafkaException failure = send(due, timeout);
        while (failure instanceof WakeupException && deadlineNanos - nanoTime.getAsLong() > 0) {
            failure = send(due, timeout); // those were meant for a poll, and are spent
        }
        ended(due, failure);
        return failure == null;
    }

    /**
     * Asks the broker where the group stands, and waits. Partitions without an answer are absent: they are read from the
     * same offset, without what was done beyond it.
     */
    Map<TopicPartition, OffsetAndMetadata> committed(Collection<TopicPartition> partitions, Duration timeout) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        long deadlineNanos = nanoTime.getAsLong() + timeout.toNanos();
        while (true) {
            try {
                return consumer.committed(Set.copyOf(partitions), timeout);
            } catch (KafkaException e) {
                if (!(e instanceof WakeupException) || deadlineNanos - nanoTime.getAsLong() <= 0) {
                    log.warn(
                            "it is not known what was done beyond the offsets of {}: some may run again",
                            partitions,
                            e);
                    return Map.of();
                }
            }
        }
    }

    long succeeded() {
        return succeeded.sum();
    }

    long failed() {
        return failed.sum();
    }

    /** What keeps offsets from being committed, null while nothing does. Any thread. */
    @Nullable
    String trouble() {
        return trouble.now();
    }

    private @Nullable KafkaException send(List<PartitionCommit> due, Duration timeout) {
        try {
            consumer.commitSync(offsets(due), timeout);
            return null;
        } catch (KafkaException e) {
            return e;
        }
    }

    /** Belongs to the assignments as they were when the commit was sent; one that was fenced since takes no harm. */
    private void ended(List<PartitionCommit> sent, @Nullable Exception failure) {
        if (failure == null) {
            succeeded.increment();
            trouble.over();
            sent.forEach(PartitionCommit::acknowledged);
            return;
        }
        failed.increment();
        if (!(failure instanceof RebalanceInProgressException)) { // that one is no news: the next poll ends it
            trouble.met(failure);
        }
    }

    private static List<PartitionCommit> due(Collection<Assignment> assignments) {
        List<PartitionCommit> due = new ArrayList<>();
        for (Assignment assignment : assignments) {
            PartitionCommit commit = assignment.toCommit();
            if (commit != null) {
                due.add(commit);
            }
        }
        return due;
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(List<PartitionCommit> due) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        due.forEach(commit -> offsets.put(commit.assignment().partition(), commit.asTheirs()));
        return offsets;
    }
}
