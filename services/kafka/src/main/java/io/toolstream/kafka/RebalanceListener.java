package io.toolstream.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when partitions come and go; called by the consumer inside of a poll, on the poll thread.
 *
 * <p>A partition that is taken away in good order is given a bounded time to finish what is in flight (which does not
 * need this thread), then commits, then is fenced: in this order, so that what was finished is not run again. One that is
 * lost already (the broker gave this member up) is fenced at once: somebody else may own it, so nothing is committed.
 */
final class RebalanceListener implements ConsumerRebalanceListener {
    private static final Logger log = LoggerFactory.getLogger(RebalanceListener.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);

    private final Assignments assignments;
    private final Committer committer;
    private final StopSwitch stop;
    private final Duration revokeDrain;
    private final LongSupplier nanoTime;
    private final Runnable onAssigned;

    RebalanceListener(
            Assignments assignments,
            Committer committer,
            StopSwitch stop,
            Duration revokeDrain,
            LongSupplier nanoTime,
            Runnable onAssigned) {
        this.assignments = assignments;
        this.committer = committer;
        this.stop = stop;
        this.revokeDrain = revokeDrain;
        this.nanoTime = nanoTime;
        this.onAssigned = onAssigned;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            log.info("assigned: {}", partitions);
        }
        assignments.add(partitions);
        onAssigned.run();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        List<Assignment> leaving = assignments.of(partitions);
        if (leaving.isEmpty()) {
            return;
        }
        awaitIdle(leaving);
        assignments.advance();
        committer.commitNow(leaving, CommitKind.RELEASE, COMMIT_TIMEOUT);
        assignments.fence(leaving);
        log.info("revoked: {}, {} records in flight there run again", partitions, running(leaving));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        List<Assignment> leaving = assignments.of(partitions);
        if (leaving.isEmpty()) {
            return;
        }
        assignments.fence(leaving);
        log.warn("lost: {}, {} records in flight there run again", partitions, running(leaving));
    }

    private void awaitIdle(List<Assignment> leaving) {
        long deadlineNanos = nanoTime.getAsLong() + revokeDrain.toNanos();
        BooleanSupplier isIdle = () -> running(leaving) == 0 || stop.drainNanosLeft() == 0;
        long left = Math.min(revokeDrain.toNanos(), stop.drainNanosLeft());
        while (left > 0 && !isIdle.getAsBoolean()) {
            stop.signal().await(isIdle, left);
            left = Math.min(deadlineNanos - nanoTime.getAsLong(), stop.drainNanosLeft());
        }
    }

    private static int running(List<Assignment> assignments) {
        return assignments.stream().mapToInt(Assignment::running).sum();
    }
}
