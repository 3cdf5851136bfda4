package io.toolstream.worker.cache;

import io.toolstream.wire.CacheMode;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Status;
import io.toolstream.worker.cache.AnswerTiers.Found;
import io.toolstream.worker.cache.AnswerTiers.Quality;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.CacheTier;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls of tools whose answers are kept: from this worker's memory, together with an equal call under way, from the
 * shared store; else lets the call be executed and keeps what it brings, if that is a result and nothing has voided it in the
 * meantime. All other calls pass by at no cost.
 *
 * <p>Answers from memory complete before {@code invoke} returns.
 */
public final class CachingInvoker implements Invoker {
    private final Invoker delegate;
    private final CacheKeys keys;
    private final AnswerTiers tiers;
    private final CacheObserver observer;
    private final Flights flights;
    private final Revalidation revalidation;

    public CachingInvoker(
            Invoker delegate,
            CacheKeys keys,
            AnswerTiers tiers,
            CacheObserver observer,
            Executor callThreads,
            InstantSource clock) {
        this.delegate = delegate;
        this.keys = keys;
        this.tiers = tiers;
        this.observer = observer;
        this.flights = new Flights(this::fetch, tiers::nowNanos, callThreads, clock);
        this.revalidation = new Revalidation(flights, clock);
    }

    @Override
    public CompletableFuture<Answer> invoke(Invocation invocation) {
        if (!CacheRule.covers(invocation)) {
            return delegate.invoke(invocation);
        }
        CacheKey key = keys.of(invocation);
        if (!key.isSure()) {
            observer.saw(invocation.tool(), CacheEvent.EPOCH_UNKNOWN);
        }
        if (invocation.call().options().cache() == CacheMode.REFRESH) {
            observer.saw(invocation.tool(), CacheEvent.REFRESH);
            return execute(key, invocation);
        }
        return lookUp(key, invocation);
    }

    private CompletableFuture<Answer> lookUp(CacheKey key, Invocation invocation) {
        long beganNanos = System.nanoTime();
        Found found = tiers.inMemory(key, invocation.tool().policy().cache());
        Answer answer = found.answer();
        if (found.quality() == Quality.FRESH && answer != null) {
            observer.ended(invocation.tool(), CacheEvent.L1, System.nanoTime() - beganNanos);
            return served(invocation, answer, CacheTier.L1);
        }
        if (found.quality() == Quality.STALE && answer != null && CacheRule.mayRunUnasked(invocation.tool())) {
            revalidation.begin(key, invocation);
            observer.ended(invocation.tool(), CacheEvent.STALE, System.nanoTime() - beganNanos);
            return served(invocation, answer, CacheTier.L1);
        }
        return flights.board(key, invocation)
                .whenComplete((got, thrown) -> ended(invocation, beganNanos))
                .exceptionally(thrown -> spare(key, invocation, thrown));
    }

    private static CompletableFuture<Answer> served(Invocation invocation, Answer answer, CacheTier tier) {
        invocation.trail().servedFrom(tier);
        return CompletableFuture.completedFuture(answer);
    }

    private void ended(Invocation invocation, long beganNanos) {
        CacheEvent how = switch (invocation.trail().cache()) {
            case NONE -> CacheEvent.MISS;
            case L1 -> CacheEvent.L1;
            case L2 -> CacheEvent.L2;
            case COALESCED -> CacheEvent.COALESCED;
        };
        observer.ended(invocation.tool(), how, System.nanoTime() - beganNanos);
    }

    /** One call for all that wait for the same. Another flight may have landed since its caller looked. */
    private CompletableFuture<Answer> fetch(CacheKey key, Invocation invocation) {
        Found found = tiers.inMemory(key, invocation.tool().policy().cache());
        Answer answer = found.answer();
        if (found.quality() == Quality.FRESH && answer != null) {
            return served(invocation, answer, CacheTier.L1);
        }
        return tiers.inStore(key, invocation.tool()).thenCompose(stored -> orExecute(stored, key, invocation));
    }

    private CompletableFuture<Answer> orExecute(Optional<Answer> stored, CacheKey key, Invocation invocation) {
        return stored.isPresent() ? served(invocation, stored.get(), CacheTier.L2) : execute(key, invocation);
    }

    /** What was asked for before its tool's epoch changed may be older than the change. */
    private CompletableFuture<Answer> execute(CacheKey key, Invocation invocation) {
        long askedNanos = tiers.nowNanos();
        return delegate.invoke(invocation).thenApply(answer -> {
            if (keys.isCurrent(key, invocation.tool())) {
                tiers.keep(key, invocation.tool(), answer, askedNanos);
            } else {
                observer.saw(invocation.tool(), CacheEvent.OUTDATED);
            }
            return answer;
        });
    }

    /** Better what was good a while ago than nothing, where the operator says so and the tool server is to blame. */
    private Answer spare(CacheKey key, Invocation invocation, Throwable thrown) {
        Answer spare = isOfServer(thrown) ? stillAround(key, invocation) : null;
        if (spare == null) {
            throw new CompletionException(thrown instanceof CompletionException ? thrown.getCause() : thrown);
        }
        invocation.trail().servedFrom(CacheTier.L1);
        observer.saw(invocation.tool(), CacheEvent.STALE_IF_ERROR);
        return spare;
    }

    private @Nullable Answer stillAround(CacheKey key, Invocation invocation) {
        return key.isSure() && keys.isSurelyCurrent(key, invocation.tool())
                ? tiers.inMemory(key, invocation.tool().policy().cache()).answer()
                : null;
    }

    private static boolean isOfServer(Throwable thrown) {
        Failure failure = ((Outcome.Failed) Outcome.of(null, thrown)).failure();
        Status status = failure.code().status();
        return failure.code() != ErrorCode.INTERNAL && (status == Status.UNAVAILABLE || status == Status.FAILED);
    }

    @Override
    public String toString() {
        return "CachingInvoker[" + delegate + "]";
    }
}
