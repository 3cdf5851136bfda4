package io.toolstream.worker.limits;

import io.toolstream.wire.Priority;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets an ordered call wait for its server where others are parked, since what stands behind it in its lane must not overtake
 * it. Only calls that nobody waits for (priority {@code batch} and {@code replay}); what interactive calls are refused they
 * hear at once. Bounded in time, and by the places that the worker's servers share: beyond either the call fails as it did.
 *
 * <p>Belongs outside of whatever repeats attempts, inside of the time of the call. Waits hold no thread.
 */
public final class LaneInvoker implements Invoker {
    /** For all waits of one call together. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final Invoker delegate;
    private final WorkerSlots slots;
    private final Clockwork time;

    /** Calls of this server that wait here. */
    private final AtomicInteger waiting = new AtomicInteger();

    /** Since a call has waited as long as one may, and until another is answered: a lane of many would else wait for each. */
    private volatile boolean isGivenUp;

    public LaneInvoker(Invoker delegate, WorkerSlots slots, Clockwork time) {
        this.delegate = delegate;
        this.slots = slots;
        this.time = time;
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        boolean mayWait = invocation.call().options().orderingKey() != null
                && invocation.call().options().priority() != Priority.INTERACTIVE;
        return mayWait ? new LaneWait(this, invocation).begin() : delegate.invoke(invocation);
    }

    Invoker delegate() {
        return delegate;
    }

    Clockwork time() {
        return time;
    }

    /** It was waited for in vain, or not. */
    void givenUp(boolean isInVain) {
        isGivenUp = isInVain;
    }

    /** A place to wait in, if there is one to spare, and reason to. */
    boolean takePlace() {
        boolean isTaken = !isGivenUp && slots.tryHoldInBackground(waiting.get(), time.nowNanos());
        waiting.addAndGet(isTaken ? 1 : 0);
        return isTaken;
    }

    void leavePlace() {
        waiting.decrementAndGet();
        slots.leave(true);
    }

    @Override
    public String toString() {
        return "LaneInvoker[" + delegate + "]";
    }
}
