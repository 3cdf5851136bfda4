package io.toolstream.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether and for how long answers of one tool are kept.
 *
 * @param ttl in a worker's memory; absent: as for all tools
 * @param sharedTtl in the shared store; absent: as for all tools
 * @param staleWhileRevalidate how much longer an answer is given while a fresh one is fetched
 * @param staleIfError how much longer an answer is given while the tool server fails
 * @param negative how long a declared error ({@code isError}) is kept; zero: not at all
 */
public record ToolCacheSettings(
        boolean enabled,
        @Nullable Duration ttl,
        @Nullable Duration sharedTtl,
        Duration staleWhileRevalidate,
        Duration staleIfError,
        Duration negative) {
    public static final ToolCacheSettings OFF =
            new ToolCacheSettings(false, null, null, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    public static final ToolCacheSettings ON =
            new ToolCacheSettings(true, null, null, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public ToolCacheSettings {
        new Rules()
                .atLeast("staleWhileRevalidate", staleWhileRevalidate, Duration.ZERO)
                .atLeast("staleIfError", staleIfError, Duration.ZERO)
                .atLeast("negative", negative, Duration.ZERO)
                .enforce();
    }
}
