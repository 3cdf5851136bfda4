package io.toolstream.worker.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class DeadlineInvokerTest {
    private final ManualClock clock = new ManualClock();
    private final AtomicInteger dispatched = new AtomicInteger();
    private final Invocation invocation = new Invocation(
            Records.call("{\"server\":\"fs\",\"tool\":\"pay\",\"timeoutMs\":50}"),
            ToolFixtures.tool("fs", "pay", Effect.ONCE),
            Records.origin());
    private CompletableFuture<Answer> answer =
            CompletableFuture.completedFuture(new Answer(Status.OK, RawJson.EMPTY_OBJECT, 1));
    private final DeadlineInvoker invoker = new DeadlineInvoker(
            taken -> {
                dispatched.incrementAndGet();
                return answer;
            },
            Runnable::run,
            clock);

    @Test
    void invoke_inTime_dispatches() {
        clock.advance(Duration.ofMillis(49));

        assertThat(invoker.invoke(invocation)).isCompleted();
        assertThat(dispatched).hasValue(1);
    }

    @Test
    void invoke_tooLate_dispatchesNothing() {
        clock.advance(Duration.ofMillis(50));

        Outcome outcome = invoker.invoke(invocation).handle(Outcome::of).join();

        assertThat(dispatched).hasValue(0);
        Failure failure = ((Outcome.Failed) outcome).failure();
        assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
        assertThat(failure.mayHaveRun()).isEqualTo(MayHaveRun.NO);
        assertThat(failure.attempts()).isZero();
    }

    @Test
    void invoke_answerThatNeverComes_endsAGraceAfterTheDeadline() {
        answer = new CompletableFuture<>();
        long beganNanos = System.nanoTime();

        Outcome outcome = invoker.invoke(invocation).handle(Outcome::of).join();

        assertThat(Duration.ofNanos(System.nanoTime() - beganNanos)).isGreaterThanOrEqualTo(DeadlineInvoker.GRACE);
        assertThat(((Outcome.Failed) outcome).failure().code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void invoke_failure_passes() {
        answer = InvocationFailed.stage(Failure.beforeDispatch(ErrorCode.OVERLOADED, "full"));

        Outcome outcome = invoker.invoke(invocation).handle(Outcome::of).join();

        assertThat(((Outcome.Failed) outcome).failure().code()).isEqualTo(ErrorCode.OVERLOADED);
    }
}
