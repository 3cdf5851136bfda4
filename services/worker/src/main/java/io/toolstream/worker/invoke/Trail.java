package io.toolstream.worker.invoke;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What an invocation met on its way: written by the stages it passes, read when it has ended, for its reply and its event.
 * Any thread.
 */
public final class Trail {
    private final AtomicLong waitedNanos = new AtomicLong();
    private volatile CacheTier cache = CacheTier.NONE;
    private volatile @Nullable String replica;
    private volatile Updates updates = Updates.NONE;
    private volatile long answerByMillis = Long.MAX_VALUE;

    public void servedFrom(CacheTier tier) {
        cache = tier;
    }

    public CacheTier cache() {
        return cache;
    }

    /** The last of several equal endpoints of the server that was asked. */
    public void askedReplica(String name) {
        replica = name;
    }

    /** Null where the server is only one. */
    public @Nullable String replica() {
        return replica;
    }

    /** Until then the attempt that begins now is to be answered, be it with a task that goes on; by the clock of deadlines. */
    public void answerBy(long millis) {
        answerByMillis = millis;
    }

    long answerByMillis() {
        return answerByMillis;
    }

    /** From now on somebody hears how the call is getting on. */
    public void heardBy(Updates listener) {
        updates = listener;
    }

    /** {@link Updates#NONE} if nobody wants to hear anything. */
    public Updates updates() {
        return updates;
    }

    /** For a permit, or between two attempts. */
    public void waited(Duration time) {
        waitedNanos.addAndGet(time.toNanos());
    }

    /** All waiting of the call in this worker, between the first stage and the last. */
    public Duration waited() {
        return Duration.ofNanos(waitedNanos.get());
    }
}
