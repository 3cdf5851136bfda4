package io.toolstream.client;

import io.toolstream.wire.Reply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The calls that are waited for, by correlation id; bounded. Any thread may call, nothing blocks.
 *
 * <p>A call leaves the table exactly once, by {@link #settle}: whoever wins its removal from the map gives its place back
 * and may complete its future. It is removed before the future completes, so that a continuation that sends the next call
 * finds the place free. A holder who completes the future himself is noticed by a hook that settles it as well.
 */
final class PendingCalls {
    private final ConcurrentHashMap<String, PendingCall> byCorrelationId = new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final int limit;
    private volatile boolean closed;

    PendingCalls(int limit) {
        this.limit = limit;
    }

    /** Takes a place; empty where none is free. After {@link #close} the call's future has already failed. */
    Optional<PendingCall> open(PendingCall.Identity identity, Consumer<Reply> onUpdate) {
        if (inFlight.incrementAndGet() > limit) {
            inFlight.decrementAndGet();
            return Optional.empty();
        }
        PendingCall call = new PendingCall(identity, onUpdate);
        byCorrelationId.put(identity.correlationId(), call);
        CompletionStage<Reply> end = call.future();
        end.whenComplete((reply, failure) -> {
            settle(identity.correlationId());
            call.disarm();
        });
        if (closed) {
            fail(call, PendingCalls::closedFailure);
        }
        return Optional.of(call);
    }

    Optional<PendingCall> find(String correlationId) {
        return Optional.ofNullable(byCorrelationId.get(correlationId));
    }

    /** Takes the call out of the table, for the caller to complete; empty if somebody else did. */
    Optional<PendingCall> settle(String correlationId) {
        PendingCall call = byCorrelationId.remove(correlationId);
        if (call != null) {
            inFlight.decrementAndGet();
        }
        return Optional.ofNullable(call);
    }

    /** Fails the call unless it is settled already; true if this did it. */
    boolean fail(PendingCall call, Supplier<ToolClientException> failure) {
        Optional<PendingCall> settled = settle(call.identity().correlationId());
        settled.ifPresent(mine -> mine.future().completeExceptionally(failure.get()));
        return settled.isPresent();
    }

    int size() {
        return inFlight.get();
    }

    /** Fails all calls, and every call opened from now on: one that slips in beside the sweep sees {@code closed}. */
    void close() {
        closed = true;
        for (PendingCall call : List.copyOf(byCorrelationId.values())) {
            fail(call, PendingCalls::closedFailure);
        }
    }

    private static ToolClientException closedFailure() {
        return new ClientClosed("the client is closed");
    }
}
