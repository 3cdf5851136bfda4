package io.toolstream.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Commits high watermarks and what is done beyond them, on the poll thread: one commit at a time in the background, and at once where a partition
 * leaves. Only the broker's acknowledgement makes an offset committed; whatever else happens (a rebalance under way, a
 * member fenced, a time-out), the next commit says it again. No failure gets out.
 */
final class Committer {
    private static final Duration MARK_TIMEOUT = Duration.ofSeconds(1);

    /** Between commits while partitions come near to what may run again after a crash. */
    private static final long PRESSING_NANOS = Duration.ofMillis(10).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final Trouble trouble = new Trouble("offsets cannot be committed");
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private boolean isUnderWay;
    private boolean isPressing;
    private long lastNanos;

    Committer(Consumer<byte[], byte[]> consumer, Duration interval, LongSupplier nanoTime) {
        this.consumer = consumer;
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong();
    }

    long nanosToNext() {
        long interval = isPressing ? Math.min(PRESSING_NANOS, intervalNanos) : intervalNanos;
        return Math.max(0, lastNanos + interval - nanoTime.getAsLong());
    }

    /** Sends a commit if one is due and none is under way. Its end is noted in a later poll. */
    void commitIfDue(Collection<Assignment> assignments) {
        isPressing = assignments.stream()
                .anyMatch(assignment -> assignment.exposure().isPressing());
        if (nanosToNext() > 0) {
            return;
        }
        lastNanos = nanoTime.getAsLong();
        List<PartitionCommit> due = due(assignments, CommitKind.PROGRESS);
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

    /** Says what will be in flight next, and waits for the broker, briefly. True if it knows. */
    boolean mark(Collection<Assignment> assignments) {
        return commitNow(assignments, CommitKind.MARK, MARK_TIMEOUT);
    }

    /** Commits and waits for the broker. True if nothing is left to commit. */
    boolean commitNow(Collection<Assignment> assignments, CommitKind kind, Duration timeout) {
        List<PartitionCommit> due = due(assignments, kind);
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

    private static List<PartitionCommit> due(Collection<Assignment> assignments, CommitKind kind) {
        List<PartitionCommit> due = new ArrayList<>();
        for (Assignment assignment : assignments) {
            PartitionCommit commit = assignment.toCommit(kind);
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
