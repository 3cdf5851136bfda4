package io.toolstream.settings;

import java.time.Duration;

/**
 * What is kept of answers, for tools that are declared cacheable.
 *
 * @param entries in this worker's memory, at most
 * @param bytes of them, at most
 * @param entryBytes larger answers are not kept
 * @param ttl in this worker's memory
 * @param sharedTtl in the store that workers share
 */
public record CacheSettings(
        boolean enabled, int entries, long bytes, long entryBytes, Duration ttl, Duration sharedTtl) {
    public static final CacheSettings DEFAULT =
            new CacheSettings(true, 100, 16L << 20, 256L << 10, Duration.ofMinutes(5), Duration.ofHours(1));

    public CacheSettings {
        new Rules()
                .between("entries", entries, 0, 10_000_000)
                .between("bytes", bytes, 0, 1L << 40)
                .between("entryBytes", entryBytes, 0, 1L << 30)
                .atLeast("ttl", ttl, Duration.ofMillis(1))
                .atLeast("sharedTtl", sharedTtl, Duration.ofMillis(1))
                .enforce();
    }
}
