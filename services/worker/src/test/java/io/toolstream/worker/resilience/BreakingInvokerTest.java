package io.toolstream.worker.resilience;

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
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BreakingInvokerTest {
    private static final Duration SLOW = Duration.ofSeconds(20);

    private final BreakerFixture it = new BreakerFixture(BreakerFixture.THREE_IN_30);
    private final ManualClock clock = new ManualClock();
    private final Tool once = ToolFixtures.tool("fs", "pay", Effect.ONCE);
    private final Tool read = ToolFixtures.tool("fs", "read", Effect.READ);
    private CompletableFuture<Answer> attempt = new CompletableFuture<>();
    private final BreakingInvoker invoker = new BreakingInvoker(invocation -> attempt, it.breaker, SLOW, clock);

    @Test
    void invoke_whileOpen_failsFast() {
        it.fail(3);

        Failure failure = failure(invoker.invoke(Records.invocation(read)));

        assertThat(failure.code()).isEqualTo(ErrorCode.BREAKER_OPEN);
        assertThat(failure.mayHaveRun()).isEqualTo(MayHaveRun.NO);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.attempts()).isZero();
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(failure.message()).contains("fs#1").contains("as told");
    }

    @Test
    void invoke_whileOpen_costsLessThanAMillisecond() {
        it.fail(3);
        Invocation invocation = Records.invocation(read);
        long[] nanos = new long[20_000];
        for (int i = 0; i < nanos.length; i++) {
            long began = System.nanoTime();
            var unused = invoker.invoke(invocation);
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);

        assertThat(Duration.ofNanos(nanos[nanos.length / 2])).isLessThan(Duration.ofMillis(1));
    }

    @Test
    void invoke_toolErrors_areSuccesses() {
        attempt = CompletableFuture.completedFuture(new Answer(Status.TOOL_ERROR, RawJson.ofText("{}"), 1));
        for (int i = 0; i < 10; i++) {
            invoker.invoke(Records.invocation(read)).join();
        }
        assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"CONNECT_FAILED", "CONNECTION_LOST", "TIMED_OUT", "SERVER_EXITED", "SERVER_ERROR", "PROTOCOL_ERROR"
            })
    void invoke_failuresOfTheServer_openIt(ErrorCode code) {
        assertThat(stateAfter(code, read)).isEqualTo(BreakerState.OPEN);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"RATE_LIMITED", "OVERLOADED", "CANCELLED", "DEADLINE_PASSED", "INVALID_ARGUMENTS", "INTERNAL"})
    void invoke_failuresOfOthers_doNot(ErrorCode code) {
        assertThat(stateAfter(code, read)).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void invoke_errorsInTheWordsOfTheProtocol_areSuccesses() {
        Failure failure = Failure.afterAttempt(read, ErrorCode.SERVER_ERROR, "as told", MayHaveRun.MAYBE);
        for (int i = 0; i < 10; i++) {
            fail(InvocationFailed.byAnswer(failure, -32_603));
            assertThat(failure(invoker.invoke(Records.invocation(read)))).isEqualTo(failure);
        }
        assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void invoke_toolsThatRunOnceAndAreInDoubt_openItToo() {
        for (int i = 0; i < 3; i++) {
            fail(new InvocationFailed(Failure.inTheDark(once, ErrorCode.TIMED_OUT, "as told")));
            assertThat(failure(invoker.invoke(Records.invocation(once))).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        }
        assertThat(it.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void invoke_cancelledInDoubt_isNoFailure() {
        for (int i = 0; i < 5; i++) {
            attempt = new CompletableFuture<>();
            CompletableFuture<Void> signal = new CompletableFuture<>();
            var running = invoker.invoke(Records.invocation(once).cancelledBy(signal));
            signal.complete(null);
            attempt.completeExceptionally(
                    new InvocationFailed(Failure.inTheDark(once, ErrorCode.CANCELLED, "as told")));
            assertThat(running).isCompletedExceptionally();
        }
        assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(it.breaker.outstanding()).isZero();
    }

    @Test
    void invoke_callersWhoAllowTooLittle_sayNothingAboutTheServer() {
        for (int i = 0; i < 5; i++) {
            attempt = new CompletableFuture<>();
            Invocation hasty = new Invocation(
                    Records.call("{\"server\":\"fs\",\"tool\":\"read\",\"timeoutMs\":50,\"arguments\":{}}"),
                    read,
                    Records.origin());
            ManualClock own = new ManualClock();
            var running = new BreakingInvoker(invocation -> attempt, it.breaker, SLOW, own).invoke(hasty);
            own.advance(Duration.ofMillis(50));
            fail(new InvocationFailed(Failure.inTheDark(read, ErrorCode.TIMED_OUT, "as told")));
            assertThat(running).isCompletedExceptionally();
        }
        assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void invoke_delegateThrows_givesThePermitBack() {
        BreakingInvoker broken = new BreakingInvoker(
                invocation -> {
                    throw new OutOfMemoryError("as told");
                },
                it.breaker,
                SLOW,
                clock);

        assertThat(broken.invoke(Records.invocation(read))).isCompletedExceptionally();
        assertThat(it.breaker.outstanding()).isZero();
    }

    /** Case A of the reference, through this stage. */
    @Test
    void invoke_attemptsThatEndWithAnErrorWhileHalfOpen_doNotWedgeIt() {
        it.fail(3);
        it.pass(Duration.ofSeconds(5));
        for (int i = 0; i < 10; i++) {
            attempt = CompletableFuture.failedFuture(new OutOfMemoryError("as told"));
            assertThat(invoker.invoke(Records.invocation(read))).isCompletedExceptionally();
        }
        assertThat(it.state()).isEqualTo(BreakerState.HALF_OPEN);

        attempt = CompletableFuture.completedFuture(new Answer(Status.OK, RawJson.ofText("{}"), 1));
        invoker.invoke(Records.invocation(read)).join();
        assertThat(it.state()).isEqualTo(BreakerState.CLOSED);
    }

    private BreakerState stateAfter(ErrorCode code, Tool tool) {
        for (int i = 0; i < 3; i++) {
            fail(new InvocationFailed(Failure.afterAttempt(tool, code, "as told", MayHaveRun.MAYBE)));
            assertThat(failure(invoker.invoke(Records.invocation(tool))).code()).isEqualTo(code);
        }
        return it.state();
    }

    private void fail(InvocationFailed failed) {
        if (attempt.isDone()) {
            attempt = new CompletableFuture<>();
        }
        attempt.completeExceptionally(failed);
    }

    private static Failure failure(CompletableFuture<Answer> ended) {
        return ((Outcome.Failed) ended.handle(Outcome::of).join()).failure();
    }
}
