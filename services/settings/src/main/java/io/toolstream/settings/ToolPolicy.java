package io.toolstream.settings;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says about one tool, as it holds for its calls; its effect is decided apart, see {@link ServerPolicy}.
 *
 * @param timeout for all attempts of one call; absent: as for its server
 * @param retries as for its server, if nothing else is said
 * @param invalidates names of tools whose kept answers are void once this one has run: {@code tool} of the same server, or
 *     {@code server/tool}
 */
public record ToolPolicy(
        @Nullable Duration timeout, RetrySettings retries, ToolCacheSettings cache, List<String> invalidates) {
    public static final ToolPolicy DEFAULT =
            new ToolPolicy(null, RetrySettings.DEFAULT, ToolCacheSettings.OFF, List.of());

    public ToolPolicy {
        invalidates = List.copyOf(invalidates);
    }
}
