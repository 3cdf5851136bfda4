package io.toolstream.worker.cache;

import org.jspecify.annotations.Nullable;

/** Answers in this worker's memory, bounded by number and bytes. Any thread; never blocks, never throws. */
public interface LocalTier {
    /** Null if there is none, or none whose time is not over. */
    @Nullable
    LocalAnswer find(CacheKey key);

    /** May drop this one or others to stay within its bounds. */
    void keep(CacheKey key, LocalAnswer answer);
}
