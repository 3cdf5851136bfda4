package io.toolstream.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one partition of the reply topic, chosen by the client's name. Tries for as long as it takes, since a service may
 * start before its broker or before the topic is made, and begins anew when the tail breaks.
 *
 * <p>Guarded by {@code this}: the follower of now and whether it is closed; so at most one follower lives, and none after
 * the end. Futures complete outside of the lock.
 */
final class PersistentReplyTail implements ReplyTail {
    private static final Logger log = LoggerFactory.getLogger(PersistentReplyTail.class);
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);

    private final int instanceHash;
    private final Supplier<CompletableFuture<Integer>> partitionCount;
    private final PartitionFollower.Starter starter;
    private final Alarm alarm;
    private volatile CompletableFuture<Integer> ready = new CompletableFuture<>();
    private volatile @Nullable String trouble = "not yet connected";
    private volatile @Nullable PartitionFollower follower; // set under this
    private boolean closed;

    PersistentReplyTail(
            String instanceId,
            Supplier<CompletableFuture<Integer>> partitionCount,
            PartitionFollower.Starter starter,
            Alarm alarm) {
        this.instanceHash = instanceId.hashCode();
        this.partitionCount = partitionCount;
        this.starter = starter;
        this.alarm = alarm;
    }

    @Override
    public CompletableFuture<Integer> ready() {
        return ready;
    }

    @Override
    public @Nullable String trouble() {
        String known = trouble;
        PartitionFollower reading = follower;
        return known != null || reading == null ? known : reading.trouble();
    }

    void begin() {
        CompletionStage<Integer> counting = partitionCount.get();
        counting.whenComplete((count, failure) -> {
            if (failure == null) {
                follow(Math.floorMod(instanceHash, count));
            } else {
                retry(failure);
            }
        });
    }

    private void follow(int partition) {
        PartitionFollower started = start(partition);
        if (started == null) {
            return;
        }
        started.ready().thenRun(() -> {
            begun();
            ready.complete(partition);
        });
        started.terminated().whenComplete((ended, failure) -> {
            if (failure != null) {
                log.warn("The tail of partition {} of the reply topic broke, beginning anew", partition, failure);
                retry(failure);
            }
        });
    }

    private synchronized void begun() {
        if (!closed) {
            trouble = null;
        }
    }

    /** Null: closed meanwhile, or it could not be started and is tried again. */
    private synchronized @Nullable PartitionFollower start(int partition) {
        if (closed) {
            return null;
        }
        try {
            follower = starter.start(partition);
            return follower;
        } catch (RuntimeException e) {
            retry(e);
            return null;
        }
    }

    private synchronized void retry(Throwable failure) {
        if (closed) {
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        trouble = cause.getMessage();
        if (ready.isDone()) {
            ready = new CompletableFuture<>();
        }
        alarm.in(RETRY_DELAY, this::begin);
    }

    @Override
    public void close() {
        PartitionFollower running;
        synchronized (this) {
            closed = true;
            trouble = "the client is closed";
            running = follower;
        }
        if (running != null) {
            running.close();
        }
        ready.completeExceptionally(new ClientClosed(false));
    }
}
