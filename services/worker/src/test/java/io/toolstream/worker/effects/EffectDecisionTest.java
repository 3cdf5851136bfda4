package io.toolstream.worker.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.JsonSlice;
import io.toolstream.mcp.ToolDefinition;
import io.toolstream.mcp.ToolDefinition.Annotations;
import io.toolstream.settings.Effect;
import io.toolstream.settings.ServerPolicy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EffectDecisionTest {
    /** Operator's word, trusted, readOnlyHint, idempotentHint → effect. */
    @ParameterizedTest
    @CsvSource({
        "     , false,      ,      , ONCE",
        "     , false, true , true , ONCE",
        "     , true ,      ,      , ONCE",
        "     , true , true ,      , READ",
        "     , true , true , true , READ",
        "     , true , false, true , IDEMPOTENT",
        "     , true ,      , true , IDEMPOTENT",
        "     , true , false, false, ONCE",
        "READ , false,      ,      , READ",
        "READ , true , false, false, READ",
        "ONCE , true , true , true , ONCE",
        "IDEMPOTENT, false, true, , IDEMPOTENT",
    })
    void apply_followsOperatorThenTrustedServerThenOnce(
            @Nullable Effect operator,
            boolean trusted,
            @Nullable Boolean readOnly,
            @Nullable Boolean idempotent,
            Effect expected) {
        ServerPolicy policy =
                new ServerPolicy(true, null, null, operator == null ? Map.of() : Map.of("tool", operator));
        ToolDefinition tool = new ToolDefinition(
                "tool",
                null,
                JsonSlice.ofText("{}"),
                new Annotations(readOnly, null, idempotent, null),
                JsonSlice.ofText("{}"));

        assertThat(new EffectDecision(policy, trusted).apply(tool)).isEqualTo(expected);
    }
}
