package io.toolstream.worker.cache;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Status;
import io.toolstream.worker.cache.Flight.Boarding;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.CacheTier;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The flights under way, one for each key at most. What ends one call ends no other: a caller that cancels or has no time
 * left leaves, and if it was the pilot's time that was over, another one flies. What the tool server says, good or bad, is for
 * all of them. Any thread; as many seats as calls are in flight.
 */
final class Flights {
    private final Map<CacheKey, Flight> underWay = new ConcurrentHashMap<>();
    private final BiFunction<CacheKey, Invocation, CompletableFuture<Answer>> execution;
    private final LongSupplier nanoClock;
    private final Executor callThreads;
    private final InstantSource clock;

    /** {@code execution} of one call for all of a key; what it keeps, it keeps before it completes. */
    Flights(
            BiFunction<CacheKey, Invocation, CompletableFuture<Answer>> execution,
            LongSupplier nanoClock,
            Executor callThreads,
            InstantSource clock) {
        this.execution = execution;
        this.nanoClock = nanoClock;
        this.callThreads = callThreads;
        this.clock = clock;
    }

    /** Takes the call along with an equal one that is under way, and began not too long ago, or executes it. */
    CompletableFuture<Answer> board(CacheKey key, Invocation invocation) {
        Seat seat = new Seat(invocation);
        while (true) {
            Flight flight = underWay.compute(key, (same, present) -> mayBoard(key, present) ? present : begun(key));
            Boarding boarding = flight.board(seat);
            if (boarding != Boarding.REFUSED) {
                return travel(flight, seat, boarding == Boarding.PILOT);
            }
            underWay.remove(key, flight);
        }
    }

    private boolean mayBoard(CacheKey key, @Nullable Flight flight) {
        return flight != null && (key.isSure() || flight.isYoung(nanoClock.getAsLong()));
    }

    private Flight begun(CacheKey key) {
        return new Flight(key, nanoClock.getAsLong());
    }

    /** Executes the call if no equal one is under way. Nobody waits for it but those who board later. */
    CompletableFuture<Outcome> launch(CacheKey key, Invocation invocation) {
        Flight flight = begun(key);
        Seat seat = new Seat(invocation);
        flight.board(seat);
        if (underWay.putIfAbsent(key, flight) == null) {
            fly(flight, seat);
        } else {
            Failure notNeeded = Failure.beforeDispatch(ErrorCode.CANCELLED, "an equal call is under way already");
            end(seat, null, new InvocationFailed(notNeeded));
        }
        return seat.answer().handle(Outcome::of);
    }

    private CompletableFuture<Answer> travel(Flight flight, Seat seat, boolean isPilot) {
        var unused = seat.invocation().cancelled().thenRun(() -> cancel(flight, seat));
        if (isPilot) {
            fly(flight, seat); // within its deadline by itself
        } else {
            Duration patience = seat.invocation().timeLeft(clock);
            var unusedSame = seat.answer().orTimeout(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
        }
        return isPilot && seat.answer().isDone() ? seat.answer() : onCallThread(flight, seat);
    }

    /** Whoever cancels or runs out of time does so on another's thread. */
    private CompletableFuture<Answer> onCallThread(Flight flight, Seat seat) {
        return seat.answer().exceptionallyAsync(thrown -> fail(flight, seat, thrown), callThreads);
    }

    private Answer fail(Flight flight, Seat seat, Throwable thrown) {
        if (thrown instanceof TimeoutException) {
            leave(flight, seat);
            throw new InvocationFailed(Failure.beforeDispatch(
                    ErrorCode.DEADLINE_PASSED, "the deadline passed while an equal call was under way"));
        }
        throw new CompletionException(thrown instanceof CompletionException ? thrown.getCause() : thrown);
    }

    private void cancel(Flight flight, Seat seat) {
        if (leave(flight, seat)) {
            seat.answer()
                    .completeExceptionally(new InvocationFailed(new Failure(
                            ErrorCode.CANCELLED,
                            "cancelled; an equal call goes on without it",
                            MayHaveRun.MAYBE,
                            false,
                            0,
                            null)));
        }
    }

    /** False if it was the last one: then the execution is cancelled, and its end is the call's. */
    private boolean leave(Flight flight, Seat seat) {
        boolean hasLeft = flight.leave(seat);
        if (!hasLeft) {
            underWay.remove(flight.key(), flight);
            flight.abandoned().complete(null);
        }
        return hasLeft;
    }

    private void fly(Flight flight, Seat pilot) {
        var unused = execution
                .apply(flight.key(), pilot.invocation().cancelledBy(flight.abandoned()))
                .whenComplete((answer, thrown) -> arrive(flight, pilot, answer, thrown));
    }

    private void arrive(Flight flight, Seat pilot, @Nullable Answer answer, @Nullable Throwable thrown) {
        if (isOnlyThePilots(pilot, answer, thrown)) {
            Seat next = flight.relieve(pilot, clock.millis());
            if (next != null) {
                end(pilot, answer, thrown);
                hop(() -> fly(flight, next));
                return;
            }
        }
        underWay.remove(flight.key(), flight);
        for (Seat seat : flight.close()) {
            if (seat == pilot) {
                end(seat, answer, thrown);
            } else {
                hop(() -> land(seat, answer, thrown));
            }
        }
    }

    /** What it came to by its own deadline, or what was asked of it alone. */
    private boolean isOnlyThePilots(Seat pilot, @Nullable Answer answer, @Nullable Throwable thrown) {
        if (answer != null) {
            return answer.status() == Status.INPUT_REQUIRED;
        }
        Failure failure = ((Outcome.Failed) Outcome.of(null, thrown)).failure();
        return failure.code() == ErrorCode.CANCELLED
                || failure.code() == ErrorCode.DEADLINE_PASSED
                || pilot.deadlineMillis() <= clock.millis();
    }

    private static void end(Seat seat, @Nullable Answer answer, @Nullable Throwable thrown) {
        if (answer != null) {
            seat.answer().complete(answer);
        } else {
            seat.answer().completeExceptionally(new InvocationFailed(failure(thrown)));
        }
    }

    /** A passenger's tool server was not asked for it. */
    private static void land(Seat seat, @Nullable Answer answer, @Nullable Throwable thrown) {
        if (answer != null && !seat.answer().isDone()) {
            seat.invocation().trail().servedFrom(CacheTier.COALESCED);
            seat.answer().complete(new Answer(answer.status(), answer.result(), 0));
        }
        if (seat.answer().isDone()) {
            return;
        }
        Failure failure = failure(thrown);
        seat.answer()
                .completeExceptionally(new InvocationFailed(new Failure(
                        failure.code(),
                        failure.message(),
                        failure.mayHaveRun(),
                        failure.isRetryable(),
                        0,
                        failure.retryAfter())));
    }

    private static Failure failure(@Nullable Throwable thrown) {
        return ((Outcome.Failed) Outcome.of(null, thrown)).failure();
    }

    private void hop(Runnable step) {
        try {
            callThreads.execute(step);
        } catch (RejectedExecutionException closing) {
            step.run();
        }
    }
}
