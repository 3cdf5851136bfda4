package io.toolstream.worker;

import io.toolstream.worker.cache.CacheKey;
import io.toolstream.worker.cache.KeptAnswer;
import io.toolstream.worker.cache.SharedTier;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Times what the shared store is asked for. */
record TimedStore(SharedTier store, LookupListener lookedUp) implements SharedTier {
    @Override
    public CompletableFuture<Optional<KeptAnswer>> find(CacheKey key) {
        long beganNanos = System.nanoTime();
        return store.find(key)
                .whenComplete((found, failure) -> lookedUp.lookedUp(
                        found != null && found.isPresent(), Duration.ofNanos(System.nanoTime() - beganNanos)));
    }

    /** Is told of every lookup. */
    @FunctionalInterface
    interface LookupListener {
        void lookedUp(boolean isFound, Duration time);
    }

    @Override
    public void keep(CacheKey key, KeptAnswer answer, Duration time) {
        store.keep(key, answer, time);
    }
}
