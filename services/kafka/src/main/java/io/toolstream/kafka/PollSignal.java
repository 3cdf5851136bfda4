package io.toolstream.kafka;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bell for the poll thread while it waits outside of the consumer: for room, or for the end of what is in flight.
 * Cheaper than {@code Consumer.wakeup()}, which throws, and free while nobody waits.
 *
 * <p>No ring is lost: the waiter shows itself before it looks whether there is something to do, a ringer changes things
 * before it looks whether somebody waits; both by volatile accesses, so at least one sees the other.
 */
final class PollSignal {
    private volatile @Nullable Thread waiter;

    /** Waits until rung, but not if there is something to do already. May return early. */
    void await(BooleanSupplier somethingToDo, long maxNanos) {
        waiter = Thread.currentThread();
        if (!somethingToDo.getAsBoolean()) {
            LockSupport.parkNanos(this, maxNanos);
        }
        waiter = null;
    }

    /** Any thread. */
    void ring() {
        Thread thread = waiter;
        if (thread != null) {
            waiter = null;
            LockSupport.unpark(thread);
        }
    }
}
