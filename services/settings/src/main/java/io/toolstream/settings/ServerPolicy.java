package io.toolstream.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says about one tool server, by its name; everything absent is as for all servers.
 *
 * @param trusted whether what the server says of its own tools is believed; absent: the profile decides
 * @param callTimeout replaces {@code mcp.timeouts.call}; longer attempts are cut to it
 * @param effects tool name to effect
 */
public record ServerPolicy(
        boolean enabled,
        @Nullable Boolean trusted,
        @Nullable Duration callTimeout,
        Map<String, Effect> effects) {
    public static final ServerPolicy DEFAULT = new ServerPolicy(true, null, null, Map.of());

    public ServerPolicy {
        effects = Map.copyOf(effects);
        if (callTimeout != null) {
            new Rules()
                    .atLeast("callTimeout", callTimeout, Duration.ofMillis(1))
                    .enforce();
        }
    }

    /** The operator's word on one tool; it goes before anything the server says. */
    public Optional<Effect> effect(String tool) {
        return Optional.ofNullable(effects.get(tool));
    }

    McpSettings applyTo(McpSettings settings) {
        return callTimeout == null
                ? settings
                : settings.with(settings.timeouts().within(callTimeout));
    }
}
