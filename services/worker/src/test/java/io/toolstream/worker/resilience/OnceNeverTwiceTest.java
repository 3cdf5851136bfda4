package io.toolstream.worker.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.BreakerSettings;
import io.toolstream.settings.Effect;
import io.toolstream.settings.Jitter;
import io.toolstream.settings.RetrySettings;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.ImmediateTimer;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.ManualNanos;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.EndpointId;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Random failures of every kind, sent and not sent, on endpoints that fail over and are retried: what ran, and how often. */
final class OnceNeverTwiceTest {
    private static final int CALLS = 50_000;
    private static final RetrySettings RETRIES =
            new RetrySettings(5, Duration.ZERO, Duration.ZERO, 200, Jitter.NONE, 1_000, 1_000);
    private static final BreakerSettings BREAKER = new BreakerSettings(
            8, Duration.ofMillis(50), 90, 90, Duration.ofSeconds(1), 50, Duration.ofMillis(20), 1, 1);
    private static final ErrorCode[] UNSENT = {
        ErrorCode.CONNECT_FAILED, ErrorCode.SERVER_UNAVAILABLE, ErrorCode.OVERLOADED, ErrorCode.RATE_LIMITED
    };
    private static final ErrorCode[] SENT = {
        ErrorCode.TIMED_OUT,
        ErrorCode.CONNECTION_LOST,
        ErrorCode.SERVER_EXITED,
        ErrorCode.SERVER_ERROR,
        ErrorCode.PROTOCOL_ERROR
    };

    private final ManualNanos nanos = new ManualNanos();
    private final ManualClock clock = new ManualClock();
    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private int executions;
    private int mostExecutions;

    @Test
    void onceTools_neverRunTwice() {
        runAll(Effect.ONCE);

        assertThat(mostExecutions).as("seed " + seed).isEqualTo(1);
    }

    /** Shows that the check can fail. */
    @Test
    void idempotentTools_mayRunTwice() {
        runAll(Effect.IDEMPOTENT);

        assertThat(mostExecutions).as("seed " + seed).isGreaterThan(1);
    }

    private void runAll(Effect effect) {
        Tool tool = RetryingInvokerTest.tool(effect, RETRIES);
        Invoker invoker = new RetryingInvoker(
                new FailoverInvoker(List.of(target("a"), target("b")), clock),
                new RetryBudget(RETRIES, nanos),
                new Pauses(new ImmediateTimer(), Runnable::run),
                () -> 0.5,
                clock,
                new Silence());
        for (int i = 0; i < CALLS; i++) {
            nanos.advance(Duration.ofMillis(1));
            executions = 0;
            Outcome outcome =
                    invoker.invoke(Records.invocation(tool)).handle(Outcome::of).join();
            mostExecutions = Math.max(mostExecutions, executions);
            if (outcome instanceof Outcome.Failed failed && failed.failure().mayHaveRun() == MayHaveRun.NO) {
                assertThat(executions).as("said not to have run, seed " + seed).isZero();
            }
        }
    }

    private FailoverInvoker.Target target(String name) {
        Breaker breaker = new Breaker(new EndpointId("fs", name), BREAKER, nanos, change -> {});
        return new FailoverInvoker.Target(
                name, new BreakingInvoker(this::attempt, breaker, BREAKER.slow(), clock), () -> true);
    }

    private CompletableFuture<Answer> attempt(Invocation invocation) {
        int chance = random.nextInt(10);
        if (chance < 4) {
            return InvocationFailed.stage(Failure.beforeDispatch(UNSENT[random.nextInt(UNSENT.length)], "never left"));
        }
        executions++;
        return chance < 7
                ? InvocationFailed.stage(
                        Failure.inTheDark(invocation.tool(), SENT[random.nextInt(SENT.length)], "ran, or not"))
                : CompletableFuture.completedFuture(new Answer(Status.OK, RawJson.ofText("{}"), 1));
    }

    private static final class Silence implements RetryListener {
        @Override
        public void retried(Tool tool, ErrorCode reason, Duration wait) {}

        @Override
        public void ended(Tool tool, boolean isAnswered) {}

        @Override
        public void budgetExhausted(Tool tool) {}
    }
}
