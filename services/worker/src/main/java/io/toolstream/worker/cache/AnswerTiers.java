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
        long staleNanos = found.staleNanos(nowNanos);
        if (found.isFresh(nowNanos)) {
            return new Found(Quality.FRESH, found.kept().answer());
        }
        if (staleNanos < policy.staleWhileRevalidate().toNanos()) {
            return new Found(Quality.STALE, found.kept().answer());
        }
        return staleNanos < policy.staleIfError().toNanos()
                ? new Found(Quality.SPARE, found.kept().answer())
                : Found.NOTHING;
    }

    /** What the shared store has. */
    CompletableFuture<Optional<Answer>> inStore(CacheKey key, Tool tool) {
        return shared.find(key).thenApply(found -> found.flatMap(kept -> promote(key, tool, kept)));
    }

    private Optional<Answer> promote(CacheKey key, Tool tool, KeptAnswer kept) {
        Duration left = lifetimes.left(tool.policy().cache(), age(kept));
        if (left.isZero() || !lifetimes.isSmallEnough(kept.result().length())) {
            return Optional.empty();
        }
        Duration time = lifetimes.local(tool.policy().cache(), kept.status());
        keepInMemory(key, tool, kept, time.compareTo(left) < 0 ? time : left);
        return Optional.of(kept.answer());
    }

    /** Clocks of workers differ a little: nothing is younger than new. */
    private Duration age(KeptAnswer kept) {
        return Duration.ofMillis(Math.max(0, clock.millis() - kept.createdMillis()));
    }

    /** Keeps what may be kept, in memory before this returns. */
    void keep(CacheKey key, Tool tool, Answer answer) {
        Duration time = lifetimes.local(tool.policy().cache(), answer.status());
        if (time.isZero() || !lifetimes.isSmallEnough(answer.result().length())) {
            return;
        }
        KeptAnswer kept = KeptAnswer.of(answer, clock.millis());
        keepInMemory(key, tool, kept, time);
        Duration sharedTime = lifetimes.shared(tool.policy().cache(), answer.status());
        if (!sharedTime.isZero()) {
            shared.keep(key, kept, sharedTime);
        }
    }

    private void keepInMemory(CacheKey key, Tool tool, KeptAnswer kept, Duration time) {
        long freshUntilNanos = nanoClock.getAsLong() + time.toNanos();
        boolean mayStandIn = kept.status() == Status.OK;
        long staleNanos = mayStandIn ? Lifetimes.stale(tool.policy().cache()).toNanos() : 0;
        local.keep(key, new LocalAnswer(kept, freshUntilNanos, freshUntilNanos + staleNanos));
    }
}
