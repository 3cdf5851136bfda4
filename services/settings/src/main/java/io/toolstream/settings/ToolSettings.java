package io.toolstream.settings;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says about one tool, with what it has from its server filled in.
 *
 * @param effect absent: decided as for tools that nothing is said about
 * @param timeout for all attempts of one call; absent: as for its server
 * @param invalidates see {@link ToolPolicy}
 */
public record ToolSettings(
        @Nullable Effect effect,
        @Nullable Duration timeout,
        RetrySettings retries,
        ToolCacheSettings cache,
        List<String> invalidates) {
    public ToolSettings {
        invalidates = List.copyOf(invalidates);
        Rules rules = new Rules();
        if (timeout != null) {
            rules.atLeast("timeout", timeout, Duration.ofMillis(1));
        }
        rules.enforce();
    }

    ToolPolicy policy() {
        return new ToolPolicy(timeout, retries, cache, invalidates);
    }
}
