package io.toolstream.worker.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.settings.Jitter;
import io.toolstream.settings.RetrySettings;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.settings.ToolPolicy;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.ManualNanos;
import io.toolstream.worker.fixture.ManualTimer;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class RetryingInvokerTest {
    private static final RetrySettings FIVE =
            new RetrySettings(5, Duration.ofMillis(500), Duration.ofSeconds(3), 200, Jitter.NONE, 1_000, 1_000);

    private final ManualClock clock = new ManualClock();
    private final ManualNanos nanos = new ManualNanos();
    private final ManualTimer timer = new ManualTimer();
    private final Queue<Failure> failures = new ArrayDeque<>();
    private final News news = new News();
    private int asked;
    private double random = 0.5;

    @Test
    void invoke_failuresThatPass_isTriedAgainAfterWaitsAsSet() {
        Tool read = tool(Effect.READ, FIVE);
        failures.addAll(timeouts(read, 4));

        Invocation invocation = Records.invocation(read);
        CompletableFuture<Answer> ended = invoke(invocation);

        assertThat(List.of(timer.runNext(), timer.runNext(), timer.runNext(), timer.runNext()))
                .containsExactly(500L, 1_000L, 2_000L, 3_000L);
        assertThat(ended.join().attempts()).isEqualTo(5);
        assertThat(invocation.trail().waited()).isEqualTo(Duration.ofMillis(6_500));
        assertThat(news.events).containsExactly("timed-out", "timed-out", "timed-out", "timed-out", "ended true");
    }

    @Test
    void invoke_attemptsUsedUp_failsWithTheLastOne() {
        Tool read = tool(Effect.READ, RetrySettings.DEFAULT);
        failures.addAll(timeouts(read, 9));

        CompletableFuture<Answer> ended = invoke(Records.invocation(read));

        assertThat(timer.runNext()).isEqualTo(50);
        assertThat(timer.pending()).isZero();
        assertThat(failure(ended).code()).isEqualTo(ErrorCode.TIMED_OUT);
        assertThat(failure(ended).attempts()).isEqualTo(2);
        assertThat(news.events).containsExactly("timed-out", "ended false");
    }

    @Test
    void invoke_fullJitter_waitsAnythingUpToTheDelay() {
        RetrySettings spread =
                new RetrySettings(3, Duration.ofMillis(500), Duration.ofSeconds(3), 200, Jitter.FULL, 1_000, 1_000);
        Tool read = tool(Effect.READ, spread);
        failures.addAll(timeouts(read, 2));
        random = 0.25;

        var unused = invoke(Records.invocation(read));

        assertThat(timer.runNext()).isEqualTo(125);
        assertThat(timer.runNext()).isEqualTo(250);
    }

    @Test
    void invoke_retryAfter_isHonoured() {
        Tool read = tool(Effect.READ, FIVE);
        failures.add(limited(read, Duration.ofSeconds(3)));

        CompletableFuture<Answer> ended = invoke(Records.invocation(read));

        assertThat(timer.runNext()).isEqualTo(3_000);
        assertThat(ended.join().attempts()).isEqualTo(2);
    }

    @Test
    void invoke_retryAfterOfTwoSeconds_isHonouredWhereWaitsAreShorter() {
        Tool read = tool(Effect.READ, RetrySettings.DEFAULT);
        failures.add(limited(read, Duration.ofSeconds(2)));

        var unused = invoke(Records.invocation(read));

        assertThat(timer.runNext()).isEqualTo(2_000);
    }

    /** However much time the call has: while it slept here it would take the place of another one. */
    @Test
    void invoke_retryAfterLongerThanAnyWait_failsAtOnceAndSaysWhen() {
        Tool read = tool(Effect.READ, FIVE);
        failures.add(limited(read, Duration.ofMillis(3_001)));

        CompletableFuture<Answer> ended = invoke(Records.invocation(read));

        assertThat(timer.pending()).isZero();
        assertThat(failure(ended).code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(failure(ended).mayHaveRun()).isEqualTo(MayHaveRun.NO);
        assertThat(failure(ended).retryAfter()).isEqualTo(Duration.ofMillis(3_001));
    }

    @Test
    void invoke_retryAfterTheDeadline_failsAtOnceAndSaysWhen() {
        RetrySettings patient =
                new RetrySettings(5, Duration.ofMillis(500), Duration.ofMinutes(10), 200, Jitter.NONE, 1_000, 1_000);
        Tool read = tool(Effect.READ, patient);
        failures.add(limited(read, Duration.ofMinutes(6)));

        CompletableFuture<Answer> ended = invoke(Records.invocation(read));

        assertThat(timer.pending()).isZero();
        assertThat(failure(ended).code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(failure(ended).retryAfter()).isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void invoke_waitThatEndsAfterTheDeadline_isNotBegun() {
        Tool read = tool(Effect.READ, FIVE);
        failures.addAll(timeouts(read, 9));
        clock.advance(Duration.ofMinutes(5).minusMillis(500));

        assertThat(failure(invoke(Records.invocation(read))).code()).isEqualTo(ErrorCode.TIMED_OUT);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void invoke_onceToolThatMayHaveRun_isNotTriedAgain() {
        Tool once = tool(Effect.ONCE, FIVE);
        failures.addAll(timeouts(once, 9));

        assertThat(failure(invoke(Records.invocation(once))).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void invoke_onceToolThatWasNotSent_isTriedAgain() {
        Tool once = tool(Effect.ONCE, FIVE);
        failures.add(Failure.beforeDispatch(ErrorCode.CONNECT_FAILED, "refused"));

        CompletableFuture<Answer> ended = invoke(Records.invocation(once));
        timer.runNext();

        assertThat(ended.join().status()).isEqualTo(Status.OK);
    }

    @Test
    void invoke_openBreaker_isNotAskedInALoop() {
        Tool read = tool(Effect.READ, FIVE);
        failures.add(Failure.beforeDispatch(ErrorCode.BREAKER_OPEN, "open").retryAfter(Duration.ofSeconds(3)));

        Failure failure = failure(invoke(Records.invocation(read)));

        assertThat(failure.code()).isEqualTo(ErrorCode.BREAKER_OPEN);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void invoke_refusedAfterAnAttemptThatMayHaveRun_doesNotSayThatNothingRan() {
        Tool read = tool(Effect.READ, FIVE);
        failures.addAll(timeouts(read, 1));
        failures.add(Failure.beforeDispatch(ErrorCode.BREAKER_OPEN, "open").retryAfter(Duration.ofSeconds(3)));

        CompletableFuture<Answer> ended = invoke(Records.invocation(read));
        timer.runNext();

        Failure failure = failure(ended);
        assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT);
        assertThat(failure.mayHaveRun()).isEqualTo(MayHaveRun.MAYBE);
        assertThat(failure.message()).contains("breaker-open");
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(failure.attempts()).isEqualTo(1);
    }

    @Test
    void invoke_cancelledWhileItWaits_ends() {
        Tool read = tool(Effect.READ, FIVE);
        failures.addAll(timeouts(read, 1));
        CompletableFuture<Void> signal = new CompletableFuture<>();
        CompletableFuture<Answer> ended = invoke(Records.invocation(read).cancelledBy(signal));
        assertThat(ended).isNotDone();

        signal.complete(null);

        assertThat(failure(ended).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void invoke_budgetUsedUp_failsWithoutAnotherAttempt() {
        RetrySettings tight = new RetrySettings(2, Duration.ZERO, Duration.ZERO, 200, Jitter.NONE, 10, 1);
        Tool read = tool(Effect.READ, tight);
        RetryingInvoker invoker = invoker(new RetryBudget(tight, nanos));
        failures.addAll(timeouts(read, 9));
        var first = invoker.invoke(Records.invocation(read));
        timer.runNext();

        assertThat(failure(first).attempts()).isEqualTo(2);
        assertThat(failure(invoker.invoke(Records.invocation(read))).attempts()).isEqualTo(1);
        assertThat(news.events).containsExactly("timed-out", "ended false", "budget");
    }

    @Test
    void invoke_bugOfOurs_isLeftToTheBackstop() {
        IllegalStateException bug = new IllegalStateException("as told");
        RetryingInvoker invoker = new RetryingInvoker(
                invocation -> CompletableFuture.failedFuture(bug),
                new RetryBudget(FIVE, nanos),
                new Pauses(timer, Runnable::run),
                () -> random,
                clock,
                news);

        assertThat(invoker.invoke(Records.invocation(tool(Effect.READ, FIVE))))
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCause(bug);
    }

    private CompletableFuture<Answer> invoke(Invocation invocation) {
        return invoker(new RetryBudget(FIVE, nanos)).invoke(invocation);
    }

    private RetryingInvoker invoker(RetryBudget budget) {
        return new RetryingInvoker(this::attempt, budget, new Pauses(timer, Runnable::run), () -> random, clock, news);
    }

    private CompletableFuture<Answer> attempt(Invocation invocation) {
        asked++;
        Failure failure = failures.poll();
        return failure == null
                ? CompletableFuture.completedFuture(new Answer(Status.OK, RawJson.ofText("{}"), 1))
                : InvocationFailed.stage(failure);
    }

    static Tool tool(Effect effect, RetrySettings retries) {
        Tool tool = ToolFixtures.tool("fs", "tool", effect);
        return new Tool(
                tool.server(),
                tool.name(),
                effect,
                tool.digest(),
                tool.arguments(),
                new ToolPolicy(null, retries, ToolCacheSettings.OFF, List.of()));
    }

    private static List<Failure> timeouts(Tool tool, int count) {
        Failure[] all = new Failure[count];
        Arrays.fill(all, Failure.inTheDark(tool, ErrorCode.TIMED_OUT, "as told"));
        return List.of(all);
    }

    private static Failure limited(Tool tool, Duration retryAfter) {
        return Failure.afterAttempt(tool, ErrorCode.RATE_LIMITED, "as told", MayHaveRun.NO)
                .retryAfter(retryAfter);
    }

    private static Failure failure(CompletableFuture<Answer> ended) {
        assertThat(ended).isDone();
        return ((Outcome.Failed) ended.handle(Outcome::of).join()).failure();
    }

    private static final class News implements RetryListener {
        private final List<String> events = new ArrayList<>();

        @Override
        public void retried(Tool tool, ErrorCode reason, Duration wait) {
            events.add(reason.text());
        }

        @Override
        public void ended(Tool tool, boolean isAnswered) {
            events.add("ended " + isAnswered);
        }

        @Override
        public void budgetExhausted(Tool tool) {
            events.add("budget");
        }
    }
}
