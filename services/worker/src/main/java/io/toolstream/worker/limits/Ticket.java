package io.toolstream.worker.limits;

import io.toolstream.wire.Priority;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** One call that waits for a permit. Whoever takes it out of the room completes it, once and outside of the room's lock. */
final class Ticket {
    private static final String NO_TENANT = "";

    private final Invocation invocation;
    private final long enteredNanos;
    private final long lastNanos;
    private final boolean lastIsDeadline;
    private final CompletableFuture<Permit> granted = new CompletableFuture<>();

    /**
     * @param lastNanos it must not be dispatched later
     * @param lastIsDeadline whether that is because of its deadline
     */
    Ticket(Invocation invocation, long enteredNanos, long lastNanos, boolean lastIsDeadline) {
        this.invocation = invocation;
        this.enteredNanos = enteredNanos;
        this.lastNanos = lastNanos;
        this.lastIsDeadline = lastIsDeadline;
    }

    Invocation invocation() {
        return invocation;
    }

    Priority priority() {
        return invocation.call().options().priority();
    }

    /** Whether nobody waits for its call. */
    boolean isBackground() {
        return priority().isBackground();
    }

    String tenant() {
        return Objects.requireNonNullElse(invocation.call().context().tenant(), NO_TENANT);
    }

    long enteredNanos() {
        return enteredNanos;
    }

    long lastNanos() {
        return lastNanos;
    }

    boolean lastIsDeadline() {
        return lastIsDeadline;
    }

    boolean isLate(long nowNanos) {
        return nowNanos - lastNanos >= 0;
    }

    /** Completes with the permit, or exceptionally when there is none. */
    CompletableFuture<Permit> granted() {
        return granted;
    }

    void grant(Permit permit) {
        granted.complete(permit);
    }

    void refuse(Failure failure) {
        granted.completeExceptionally(new InvocationFailed(failure));
    }
}
