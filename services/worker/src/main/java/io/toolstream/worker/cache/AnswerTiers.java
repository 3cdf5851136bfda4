package io.toolstream.worker.cache;

import io.toolstream.settings.CacheSettings;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.wire.Status;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** This worker's memory and the shared store behind it: what is found there is kept here, too. Any thread. */
public final class AnswerTiers {
    /**
     * How much older than a change an answer may be when it is given. What was asked for within this time is young: it counts
     * also where nobody knows what has changed since.
     */
    static final Duration YOUNG = Duration.ofSeconds(1);

    private final LocalTier local;
    private final SharedTier shared;
    private final Lifetimes lifetimes;
    private final LongSupplier nanoClock;
    private final InstantSource clock;

    /**
     * Two tiers as one.
     *
     * @param nanoClock by which the memory counts, as {@link System#nanoTime()} does
     * @param random from 0 to 1, for times that differ
     */
    public AnswerTiers(
            LocalTier local,
            SharedTier shared,
            CacheSettings settings,
            LongSupplier nanoClock,
            InstantSource clock,
            DoubleSupplier random) {
        this.local = local;
        this.shared = shared;
        this.lifetimes = new Lifetimes(settings, random);
        this.nanoClock = nanoClock;
        this.clock = clock;
    }

    /** How good an answer in memory is. */
    enum Quality {
        /** As good as asking. */
        FRESH,
        /** May be given while a fresh one is fetched. */
        STALE,
        /** May be given if there is no other. */
        SPARE,
        NONE
    }

    /** What the memory has; {@code answer} is null where it has nothing. */
    record Found(Quality quality, @Nullable Answer answer) {
        static final Found NOTHING = new Found(Quality.NONE, null);
    }

    Found inMemory(CacheKey key, ToolCacheSettings policy) {
        LocalAnswer found = local.find(key);
        if (found == null) {
            return Found.NOTHING;
        }
        long nowNanos = nanoClock.getAsLong();
        if (found.isFresh(nowNanos) && (key.isSure() || found.isYoung(nowNanos))) {
            return new Found(Quality.FRESH, found.kept().answer());
        }
        return key.isSure() ? old(found, found.staleNanos(nowNanos), policy) : Found.NOTHING;
    }

    private static Found old(LocalAnswer found, long staleNanos, ToolCacheSettings policy) {
        if (staleNanos < policy.staleWhileRevalidate().toNanos()) {
            return new Found(Quality.STALE, found.kept().answer());
        }
        return staleNanos < policy.staleIfError().toNanos()
                ? new Found(Quality.SPARE, found.kept().answer())
                : Found.NOTHING;
    }

    /** By the clock that ages are counted by. */
    long nowNanos() {
        return nanoClock.getAsLong();
    }

    /** What the shared store has: nothing that counts while the epoch is not sure, since nobody knows its age. */
    CompletableFuture<Optional<Answer>> inStore(CacheKey key, Tool tool) {
        if (!key.isSure()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return shared.find(key).thenApply(found -> found.flatMap(kept -> promote(key, tool, kept)));
    }

    private Optional<Answer> promote(CacheKey key, Tool tool, KeptAnswer kept) {
        Duration left = lifetimes.left(tool.policy().cache(), age(kept));
        if (left.isZero() || !lifetimes.isSmallEnough(kept.result().length())) {
            return Optional.empty();
        }
        Duration time = lifetimes.local(tool.policy().cache(), kept.status());
        long askedNanos = nowNanos() - YOUNG.toNanos(); // or before, but nothing has voided it since
        keepInMemory(key, tool, kept, askedNanos, time.compareTo(left) < 0 ? time : left);
        return Optional.of(kept.answer());
    }

    /** Clocks of workers differ a little: nothing is younger than new. */
    private Duration age(KeptAnswer kept) {
        return Duration.ofMillis(Math.max(0, clock.millis() - kept.createdMillis()));
    }

    /**
     * Keeps what may be kept, in memory before this returns.
     *
     * @param askedNanos when the tool server was asked, after the key was made
     */
    void keep(CacheKey key, Tool tool, Answer answer, long askedNanos) {
        Duration time = lifetimes.local(tool.policy().cache(), answer.status());
        if (time.isZero() || !lifetimes.isSmallEnough(answer.result().length())) {
            return;
        }
        KeptAnswer kept = KeptAnswer.of(answer, clock.millis());
        keepInMemory(key, tool, kept, askedNanos, key.epoch().isOnItsWay() ? YOUNG : time);
        Duration sharedTime = lifetimes.shared(tool.policy().cache(), answer.status());
        if (!sharedTime.isZero() && key.isSure()) {
            shared.keep(key, kept, sharedTime);
        }
    }

    private void keepInMemory(CacheKey key, Tool tool, KeptAnswer kept, long askedNanos, Duration time) {
        long freshUntilNanos = nowNanos() + time.toNanos();
        boolean mayStandIn = kept.status() == Status.OK && !key.epoch().isOnItsWay();
        long staleNanos = mayStandIn ? Lifetimes.stale(tool.policy().cache()).toNanos() : 0;
        local.keep(key, new LocalAnswer(kept, askedNanos, freshUntilNanos, freshUntilNanos + staleNanos));
    }
}
