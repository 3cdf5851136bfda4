package io.toolstream.worker.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class NeverThrowInvokerTest {
    private final Invocation repeatable = Records.invocation(ToolFixtures.tool("fs", "read", Effect.READ));
    private final Invocation once = Records.invocation(ToolFixtures.tool("fs", "pay", Effect.ONCE));

    @Test
    void invoke_ofAnInvokerThatThrows_fails() {
        Invoker invoker = new NeverThrowInvoker(invocation -> {
            throw new StackOverflowError("deep");
        });

        assertThat(failure(invoker, repeatable).code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure(invoker, repeatable).mayHaveRun()).isEqualTo(MayHaveRun.MAYBE);
    }

    @Test
    void invoke_ofAStageThatFailsWithSomethingElse_fails() {
        Invoker invoker =
                new NeverThrowInvoker(invocation -> CompletableFuture.failedFuture(new NullPointerException()));

        assertThat(failure(invoker, repeatable).code()).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void invoke_ofAToolThatRunsOnce_isInDoubt() {
        Invoker invoker =
                new NeverThrowInvoker(invocation -> CompletableFuture.failedFuture(new NullPointerException()));

        assertThat(failure(invoker, once).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(failure(invoker, once).isRetryable()).isFalse();
    }

    @Test
    void invoke_ofAnExpectedFailure_passesItOn() {
        Failure expected = Failure.beforeDispatch(ErrorCode.OVERLOADED, "full");
        Invoker invoker = new NeverThrowInvoker(
                invocation -> InvocationFailed.<Answer>stage(expected).thenApply(answer -> answer));

        assertThat(failure(invoker, once)).isSameAs(expected);
    }

    private static Failure failure(Invoker invoker, Invocation invocation) {
        return invoker.invoke(invocation)
                .handle((answer, thrown) -> ((Outcome.Failed) Outcome.of(answer, thrown)).failure())
                .join();
    }
}
