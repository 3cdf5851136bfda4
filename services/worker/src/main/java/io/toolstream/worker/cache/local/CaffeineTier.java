package io.toolstream.worker.cache.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.toolstream.settings.CacheSettings;
import io.toolstream.worker.cache.CacheKey;
import io.toolstream.worker.cache.LocalAnswer;
import io.toolstream.worker.cache.LocalTier;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers in Caffeine, which keeps what is asked for often and not merely what came last.
 *
 * <p>Bounded by number and by bytes at once, with the one bound Caffeine has: of {@value #UNITS} units for each entry
 * allowed, an answer takes as many as its part of all bytes, and no less than one entry's. So neither sum can pass its bound.
 */
public final class CaffeineTier implements LocalTier {
    private static final int UNITS = 100;

    /** Of an entry beside its result: key, times, and what Caffeine needs. */
    private static final int OVERHEAD_BYTES = 300;

    private final Cache<CacheKey, LocalAnswer> cache;
    private final double unitsPerByte;

    /** {@code nanoClock} counts as {@link System#nanoTime()} does. */
    public CaffeineTier(CacheSettings settings, LongSupplier nanoClock) {
        long units = (long) settings.entries() * UNITS;
        this.unitsPerByte = settings.bytes() == 0 ? Integer.MAX_VALUE : (double) units / settings.bytes();
        this.cache = Caffeine.newBuilder()
                .maximumWeight(units)
                .weigher((CacheKey key, LocalAnswer answer) ->
                        weight(answer.kept().result().length()))
                .expireAfter(Expiry.writing((CacheKey key, LocalAnswer answer) ->
                        Duration.ofNanos(Math.max(0, answer.keptUntilNanos() - nanoClock.getAsLong()))))
                .ticker(nanoClock::getAsLong)
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    private int weight(int bytes) {
        double share = Math.ceil(((long) bytes + OVERHEAD_BYTES) * unitsPerByte);
        return (int) Math.max(UNITS, share); // larger than any int becomes the largest: never kept
    }

    @Override
    public @Nullable LocalAnswer find(CacheKey key) {
        return cache.getIfPresent(key);
    }

    @Override
    public void keep(CacheKey key, LocalAnswer answer) {
        cache.put(key, answer);
    }

    /** Lookups that found something, good or not. */
    public long hits() {
        return cache.stats().hitCount();
    }

    public long misses() {
        return cache.stats().missCount();
    }

    /** What had to go: for want of room, or because its time was over. */
    public long evictions() {
        return cache.stats().evictionCount();
    }

    /** Entries, among them some whose time is over. */
    public long size() {
        return cache.estimatedSize();
    }
}
