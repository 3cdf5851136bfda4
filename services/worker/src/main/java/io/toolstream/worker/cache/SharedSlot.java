package io.toolstream.worker.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The place of a shared store that comes later, when the worker has time for it: until then there is none. Any thread. */
public final class SharedSlot implements SharedTier {
    private volatile SharedTier tier = SharedTier.NONE;

    public void fill(SharedTier store) {
        tier = store;
    }

    @Override
    public CompletableFuture<Optional<KeptAnswer>> find(CacheKey key) {
        return tier.find(key);
    }

    @Override
    public void keep(CacheKey key, KeptAnswer answer, Duration time) {
        tier.keep(key, answer, time);
    }
}
