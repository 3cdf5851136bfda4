package io.toolstream.worker.mcp;

import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way to one tool server, until it is retired: then it lets nobody in and tells when the last one has left. Any thread.
 *
 * <p>One number says it all: how many are in, and, by its sign, whether it is retired. Entering is a compare-and-set that
 * fails on a negative number, so nobody enters after {@link #retire()}; the one who brings the number to that of a retired
 * and empty route, be it the last to leave or who retires it, completes the future.
 */
public final class Route {
    private static final long RETIRED = Long.MIN_VALUE;

    private final Invoker invoker;
    private final AtomicLong inside = new AtomicLong();
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    public Route(Invoker invoker) {
        this.invoker = invoker;
    }

    /** Begins one invocation; empty, and nothing begun, once the route is retired. */
    Optional<CompletableFuture<Answer>> begin(Invocation invocation) {
        if (!enter()) {
            return Optional.empty();
        }
        try {
            return Optional.of(invoker.invoke(invocation).whenComplete((answer, thrown) -> leave()));
        } catch (Throwable thrown) {
            leave();
            throw thrown;
        }
    }

    private boolean enter() {
        long count = inside.get();
        while (count >= 0) {
            if (inside.compareAndSet(count, count + 1)) {
                return true;
            }
            count = inside.get();
        }
        return false;
    }

    private void leave() {
        if (inside.decrementAndGet() == RETIRED) {
            left.complete(null);
        }
    }

    /** Lets nobody in any more. Completes when nobody is left inside; asking again changes nothing. */
    public CompletableFuture<Void> retire() {
        if (inside.getAndUpdate(count -> count < 0 ? count : count + RETIRED) == 0) {
            left.complete(null);
        }
        return left.copy();
    }

    /** Invocations under way. */
    public long inFlight() {
        return inside.get() & ~RETIRED;
    }

    @Override
    public String toString() {
        return invoker.toString();
    }
}
