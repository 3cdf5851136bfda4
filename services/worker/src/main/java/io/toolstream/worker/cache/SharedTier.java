package io.toolstream.worker.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Answers in a store that workers share. Any thread; never blocks, never throws: whatever is wrong with the store is a miss.
 */
public interface SharedTier {
    /** There is no such store. */
    SharedTier NONE = new SharedTier() {
        @Override
        public CompletableFuture<Optional<KeptAnswer>> find(CacheKey key) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public void keep(CacheKey key, KeptAnswer answer, Duration time) {}
    };

    /** Completes within a budget of some ten ms, always normally, on the caller's thread or a {@code call-n}. */
    CompletableFuture<Optional<KeptAnswer>> find(CacheKey key);

    /** Nobody waits for it, and nobody is told if it fails. */
    void keep(CacheKey key, KeptAnswer answer, Duration time);
}
