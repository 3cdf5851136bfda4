package io.toolstream.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class InvalidatingInvokerTest {
    private static final Tool WRITE =
            CacheFixture.tool("write", Effect.ONCE, ToolCacheSettings.OFF, List.of("read", "search/find", "read"));

    private final FakeEpochs epochs = new FakeEpochs();

    @ParameterizedTest
    @EnumSource(names = {"OK", "TOOL_ERROR", "INPUT_REQUIRED"})
    void invoke_answered_advancesTheEpochsOfTheToolsNamed(Status status) {
        Answer answer = new Answer(status, RawJson.EMPTY_OBJECT, 1);

        assertThat(invoke(invocation -> CompletableFuture.completedFuture(answer)))
                .isCompletedWithValue(answer);

        assertThat(epochs.advanced)
                .containsExactly(
                        new ToolName("files", "read"),
                        new ToolName("files", "search/find"),
                        new ToolName("search", "find"));
    }

    @ParameterizedTest
    @EnumSource
    void invoke_failed_advancesThem_ifItMayHaveRun(MayHaveRun mayHaveRun) {
        Failure failure = new Failure(ErrorCode.CONNECTION_LOST, "as told", mayHaveRun, false, 1, null);

        assertThat(invoke(invocation -> InvocationFailed.stage(failure))).isCompletedExceptionally();

        assertThat(epochs.advanced.isEmpty()).isEqualTo(mayHaveRun == MayHaveRun.NO);
    }

    @Test
    void invoke_otherTools_passBy() {
        Tool other = CacheFixture.tool(ToolCacheSettings.OFF);
        new InvalidatingInvoker(ok(), epochs, new CacheFixture().observer, Runnable::run)
                .invoke(CacheFixture.call(other, "{}"))
                .join();

        assertThat(epochs.advanced).isEmpty();
    }

    @Test
    void invoke_answer_waitsForTheMark_andSettlingDoesLonger() {
        epochs.acknowledged = new CompletableFuture<>();
        Invocation call = CacheFixture.call(WRITE, "{}");
        long beganNanos = System.nanoTime();
        CompletableFuture<Answer> answer =
                new InvalidatingInvoker(ok(), epochs, new CacheFixture().observer, Runnable::run).invoke(call);
        Duration waited = answer.thenApply(given -> Duration.ofNanos(System.nanoTime() - beganNanos))
                .join();

        assertThat(waited).isGreaterThanOrEqualTo(InvalidatingInvoker.PATIENCE);
        assertThat(call.obligations().meet()).isNotDone();
        epochs.acknowledged.complete(null);
        assertThat(call.obligations().meet()).isCompleted();
    }

    private CompletableFuture<Answer> invoke(Invoker delegate) {
        return new InvalidatingInvoker(delegate, epochs, new CacheFixture().observer, Runnable::run)
                .invoke(CacheFixture.call(WRITE, "{}"));
    }

    private static Invoker ok() {
        return invocation -> CompletableFuture.completedFuture(new Answer(Status.OK, RawJson.EMPTY_OBJECT, 1));
    }
}
