package io.toolstream.client;

import io.toolstream.client.PendingCall.Wanted;
import io.toolstream.wire.Reply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The calls that are waited for, by correlation id; bounded. Any thread may call, nothing blocks.
 *
 * <p>A call leaves the table exactly once, by {@link #settle}: whoever wins its removal from the map gives its place back
 * and may complete its future. It is removed before the future completes, so that a continuation that sends the next call
 * finds the place free. A holder who completes the future himself is noticed by a hook that settles it as well.
 */
final class PendingCalls {
    private static final Turn OF_BATCH = Turn.now();

    private final ConcurrentHashMap<String, PendingCall> byCorrelationId = new ConcurrentHashMap<>();
    private final Places places;
    private final AtomicInteger ofBatches = new AtomicInteger();
    private final Function<String, CompletableFuture<Void>> canceller;
    private final Supplier<String> correlationIds;
    private final LongSupplier nanoTime;
    private volatile boolean closed;

    /**
     * @param canceller asks to cancel the call of an id
     * @param correlationIds ids that no call has yet
     */
    PendingCalls(
            FlowLimits limits,
            Function<String, CompletableFuture<Void>> canceller,
            Supplier<String> correlationIds,
            LongSupplier nanoTime) {
        this.places = new Places(limits);
        this.canceller = canceller;
        this.correlationIds = correlationIds;
        this.nanoTime = nanoTime;
    }

    /** Takes a place, or one in line; empty where neither is free. After {@link #close} the call's future has already failed. */
    Optional<PendingCall> open(Wanted wanted) {
        return places.enter().map(turn -> open(wanted, turn));
    }

    /** The same, without waiting in line. */
    Optional<PendingCall> openNow(Wanted wanted) {
        return places.enterNow().map(turn -> open(wanted, turn));
    }

    /** Of a batch, which bounds its own calls. */
    PendingCall openOfBatch(Wanted wanted) {
        ofBatches.incrementAndGet();
        return open(wanted, OF_BATCH);
    }

    /** A call under a correlation id that is waited for already, such as the same answer sent twice, gets another. */
    private PendingCall open(Wanted wanted, Turn turn) {
        PendingCall call = new PendingCall(wanted, canceller, turn, nanoTime.getAsLong());
        if (byCorrelationId.putIfAbsent(wanted.identity().correlationId(), call) != null) {
            return open(wanted.under(correlationIds.get()), turn);
        }
        CompletionStage<Reply> end = call.future();
        end.whenComplete((reply, failure) -> {
            settle(call);
            call.disarm();
            call.endSending();
        });
        if (closed) {
            fail(call, () -> new ClientClosed(false));
        }
        return call;
    }

    Optional<PendingCall> find(String correlationId) {
        return Optional.ofNullable(byCorrelationId.get(correlationId));
    }

    /** Takes the call out of the table, for the caller to complete; false if somebody else did. */
    boolean settle(PendingCall call) {
        boolean isMine = byCorrelationId.remove(call.identity().correlationId(), call);
        if (isMine) {
            leave(call.turn());
        }
        return isMine;
    }

    private void leave(Turn turn) {
        if (turn == OF_BATCH) {
            ofBatches.decrementAndGet();
        } else {
            places.leave(turn);
        }
    }

    /** Fails the call unless it is settled already; true if this did it. */
    boolean fail(PendingCall call, Supplier<ToolClientException> failure) {
        boolean isMine = settle(call);
        if (isMine) {
            call.future().completeExceptionally(failure.get());
        }
        return isMine;
    }

    /** Ends the calls of this id that were not sent yet, and now never will be; false where there is none. */
    boolean withdraw(String id) {
        boolean isAny = false;
        for (PendingCall call : byCorrelationId.values()) {
            if (call.identity().id().equals(id) && call.withdraw() && settle(call)) {
                call.future().complete(Withdrawn.reply(call));
                isAny = true;
            }
        }
        return isAny;
    }

    /** How many are waited for, those that wait for a place not counted: never more than there are places, batches aside. */
    int inFlight() {
        return places.taken() + ofBatches.get();
    }

    int waiting() {
        return places.waiting();
    }

    boolean isClosed() {
        return closed;
    }

    /** Fails all calls, and every call opened from now on: one that slips in beside the sweep sees {@code closed}. */
    void close() {
        closed = true;
        for (PendingCall call : List.copyOf(byCorrelationId.values())) {
            fail(call, () -> new ClientClosed(call.isSent()));
        }
    }
}
