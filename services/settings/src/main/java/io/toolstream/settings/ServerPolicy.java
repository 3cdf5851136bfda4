package io.toolstream.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says about one tool server, by its name; everything absent is as for all servers.
 *
 * @param trusted whether what the server says of its own tools is believed; absent: the profile decides
 * @param callTimeout the short form of {@code mcp.timeouts.call}
 * @param effects tool name to effect
 * @param mcp how this server is reached, all of it; absent: as all others of its place
 */
public record ServerPolicy(
        boolean enabled,
        @Nullable Boolean trusted,
        @Nullable Duration callTimeout,
        Map<String, Effect> effects,
        @Nullable McpSettings mcp,
        Map<String, ToolSettings> tools) {
    public static final ServerPolicy DEFAULT = new ServerPolicy(true, null, null, Map.of());

    /** Without a word on how it is reached, or on tools but for their effects. */
    public ServerPolicy(
            boolean enabled, @Nullable Boolean trusted, @Nullable Duration callTimeout, Map<String, Effect> effects) {
        this(enabled, trusted, callTimeout, effects, null, Map.of());
    }

    public ServerPolicy {
        effects = Map.copyOf(effects);
        tools = Map.copyOf(tools);
        if (callTimeout != null) {
            new Rules()
                    .atLeast("callTimeout", callTimeout, Duration.ofMillis(1))
                    .enforce();
        }
    }

    /** The operator's word on one tool; it goes before anything the server says. */
    public Optional<Effect> effect(String tool) {
        return Optional.ofNullable(tools.get(tool))
                .map(ToolSettings::effect)
                .or(() -> Optional.ofNullable(effects.get(tool)));
    }

    /**
     * What holds for the calls of one tool.
     *
     * @param usual how its server is reached
     */
    public ToolPolicy toolPolicy(String tool, McpSettings usual) {
        ToolSettings own = tools.get(tool);
        return own == null ? new ToolPolicy(null, usual.retries(), ToolCacheSettings.OFF, List.of()) : own.policy();
    }

    McpSettings applyTo(McpSettings settings) {
        if (mcp != null) {
            return mcp;
        }
        return callTimeout == null
                ? settings
                : settings.with(settings.timeouts().within(callTimeout));
    }
}
