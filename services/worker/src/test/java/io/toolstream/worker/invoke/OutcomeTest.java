package io.toolstream.worker.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class OutcomeTest {
    @Test
    void of_anAnswer_isThat() {
        Outcome outcome = Outcome.of(new Answer(Status.TOOL_ERROR, RawJson.EMPTY_OBJECT, 2), null);

        assertThat(outcome.status()).isEqualTo(Status.TOOL_ERROR);
        assertThat(outcome.attempts()).isEqualTo(2);
    }

    @Test
    void of_aFailureInWrappers_isItsCode() {
        InvocationFailed failed = new InvocationFailed(Failure.beforeDispatch(ErrorCode.DEADLINE_PASSED, "late"));

        Outcome outcome = Outcome.of(null, new CompletionException(new CompletionException(failed)));

        assertThat(outcome.status()).isEqualTo(Status.EXPIRED);
    }

    @Test
    void of_aBug_isInternal() {
        Outcome outcome = Outcome.of(null, new IllegalStateException("a secret"));

        assertThat(((Outcome.Failed) outcome).failure().code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(((Outcome.Failed) outcome).failure().message()).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"OK", "TOOL_ERROR", "INPUT_REQUIRED"},
            mode = Mode.EXCLUDE)
    void answer_withAnotherStatus_isRefused(Status status) {
        assertThatThrownBy(() -> new Answer(status, RawJson.EMPTY_OBJECT, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
