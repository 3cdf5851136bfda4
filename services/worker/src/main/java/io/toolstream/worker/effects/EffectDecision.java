package io.toolstream.worker.effects;

import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.ToolDefinition.Annotations;
import io.toolstream.settings.Effect;
import io.toolstream.settings.ServerPolicy;
import java.util.function.Function;

/**
 * Decides the effect of a tool: the operator's word; else what the server says of its tool, if the server is trusted; else
 * {@code once}. An annotation of a server that is not trusted is a claim, and nothing is stricter than {@code once}, so it
 * changes nothing there.
 */
public record EffectDecision(ServerPolicy policy, boolean isTrusted) implements Function<ToolDefinition, Effect> {
    @Override
    public Effect apply(ToolDefinition tool) {
        return policy.effect(tool.name()).orElseGet(() -> isTrusted ? claimed(tool.annotations()) : Effect.ONCE);
    }

    /** Unset hints take the defaults of MCP, which are the pessimistic ones. */
    private static Effect claimed(Annotations hints) {
        if (Boolean.TRUE.equals(hints.readOnlyHint())) {
            return Effect.READ;
        }
        return Boolean.TRUE.equals(hints.idempotentHint()) ? Effect.IDEMPOTENT : Effect.ONCE;
    }
}
