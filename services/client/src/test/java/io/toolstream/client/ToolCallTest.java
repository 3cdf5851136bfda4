package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.wire.RawJson;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class ToolCallTest {
    private static final ToolCall CALL = ToolCall.of("fs", "read_file");

    @Test
    void names_thatAreEmpty_areASlipOfTheCaller() {
        List<ThrowingCallable> slips = List.of(
                () -> ToolCall.of("", "read_file"),
                () -> ToolCall.of("fs", ""),
                () -> ToolCall.of(""),
                () -> CALL.tenant(""),
                () -> CALL.idempotencyKey(""),
                () -> CALL.orderingKey(""));

        assertThat(slips)
                .allSatisfy(slip -> assertThatThrownBy(slip)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageEndingWith("is empty, at least 1 character expected"));
        assertThatThrownBy(() -> CALL.id("")).hasMessageContaining("1 to 128 expected");
    }

    @Test
    void argument_afterAWhole_saysWhich() {
        assertThatThrownBy(() -> CALL.arguments("{}").argument("path", "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("argument 'path'");
    }

    @Test
    void resume_withAStateAlone_isARoundOfItsOwn() {
        CallWishes.Resume resume = CALL.resume(null, "s").wishes().resume();

        assertThat(resume).isEqualTo(new CallWishes.Resume(null, "s"));
        assertThatThrownBy(() -> CALL.resume(null, null)).isInstanceOf(IllegalArgumentException.class);
        assertThat(CALL.resume(RawJson.EMPTY_OBJECT, null).wishes().resume()).isNotNull();
    }
}
