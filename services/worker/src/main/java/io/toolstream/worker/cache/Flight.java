package io.toolstream.worker.cache;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Equal calls on their way together: one is executed, the pilot's, and all of them get its answer. Any thread; guarded by
 * this object's lock: who is aboard, and whether the door is closed. Nothing completes under the lock.
 */
final class Flight {
    private final CacheKey key;
    private final long beganNanos;
    private final CompletableFuture<Void> abandoned = new CompletableFuture<>();
    private final Set<Seat> aboard = new LinkedHashSet<>();
    private boolean isClosed;

    Flight(CacheKey key, long beganNanos) {
        this.key = key;
        this.beganNanos = beganNanos;
    }

    enum Boarding {
        /** The first: its call is to be executed. */
        PILOT,
        PASSENGER,
        /** This flight takes nobody any more. */
        REFUSED
    }

    CacheKey key() {
        return key;
    }

    /** Whether its answer knows of all that had happened a moment ago. */
    boolean isYoung(long nowNanos) {
        return nowNanos - beganNanos < AnswerTiers.YOUNG.toNanos();
    }

    /** Completes when nobody wants the answer any more. */
    CompletableFuture<Void> abandoned() {
        return abandoned;
    }

    synchronized Boarding board(Seat seat) {
        if (isClosed) {
            return Boarding.REFUSED;
        }
        Boarding boarding = aboard.isEmpty() ? Boarding.PILOT : Boarding.PASSENGER;
        aboard.add(seat);
        return boarding;
    }

    /**
     * Lets one go. The last one stays, and the door closes: it will be told how the execution ended.
     *
     * @return whether it has gone
     */
    synchronized boolean leave(Seat seat) {
        if (aboard.size() == 1 && aboard.contains(seat)) {
            isClosed = true;
            return false;
        }
        return aboard.remove(seat);
    }

    /** Somebody else has to fly: whoever has most time. Null, and the door is closed, if nobody is left who could. */
    synchronized @Nullable Seat relieve(Seat pilot, long nowMillis) {
        Seat next = aboard.stream()
                .filter(seat -> seat != pilot && seat.deadlineMillis() > nowMillis)
                .max(Comparator.comparingLong(Seat::deadlineMillis))
                .orElse(null);
        if (isClosed || next == null) {
            isClosed = true;
            return null;
        }
        aboard.remove(pilot);
        return next;
    }

    /** Closes the door; those who are aboard now are all there will be. */
    synchronized List<Seat> close() {
        isClosed = true;
        return List.copyOf(aboard);
    }
}
