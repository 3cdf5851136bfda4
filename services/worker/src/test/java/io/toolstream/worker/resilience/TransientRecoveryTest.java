package io.toolstream.worker.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.toolstream.settings.Effect;
import io.toolstream.settings.Jitter;
import io.toolstream.settings.RetrySettings;
import io.toolstream.settings.SettingsLoader;
import io.toolstream.settings.SettingsSources;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.ImmediateTimer;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.ManualNanos;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What retries are worth: of the calls whose first attempt failed, the share that ended well, against theory. Each attempt
 * fails with the same probability, whatever happened before; breakers are off. A thousand calls a second.
 */
final class TransientRecoveryTest {
    private static final int FAILED_FIRST = 20_000;

    private final ManualNanos nanos = new ManualNanos();
    private final ScheduledExecutorService timer = new ImmediateTimer();
    private final SplittableRandom random = new SplittableRandom(7);
    private long attempts;

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5})
    void oneRetry_recoversAllButTheShareThatFails(double p) {
        RetrySettings one =
                new RetrySettings(2, Duration.ofMillis(50), Duration.ofSeconds(1), 200, Jitter.NONE, 1_000, 0);

        assertThat(recovered(one, p)).isCloseTo(1 - p, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 0.5})
    void fourRetries_recoverAllButItsFourthPower(double p) {
        RetrySettings four =
                new RetrySettings(5, Duration.ofMillis(500), Duration.ofSeconds(10), 200, Jitter.FULL, 1_000, 0);

        assertThat(recovered(four, p)).isCloseTo(1 - Math.pow(p, 4), within(0.01));
    }

    @Test
    void profiles_withTheirBudgets_recoverWhatTheyShould() {
        assertThat(recovered(retries("local-llm"), 0.03)).isGreaterThanOrEqualTo(0.95);
        assertThat(recovered(retries("cloud"), 0.3)).isGreaterThanOrEqualTo(0.95);
    }

    /** A call that fails uses all that is left: as many attempts as the budget has, and hardly fewer. */
    @ParameterizedTest
    @CsvSource({"local-llm, 1.10", "cloud, 1.50"})
    void allServersFail_attemptsStayWithinTheBudget(String profile, double most) {
        recovered(retries(profile), 1);

        assertThat(attempts / (double) FAILED_FIRST).isBetween(most - 0.02, most + 0.005);
    }

    private static RetrySettings retries(String profile) {
        return SettingsLoader.load(SettingsSources.of("profile=" + profile))
                .settings()
                .mcp()
                .retries();
    }

    private double recovered(RetrySettings settings, double p) {
        Tool read = RetryingInvokerTest.tool(Effect.READ, settings);
        RetryBudget budget = new RetryBudget(settings, nanos);
        Attempts server = new Attempts(p);
        RetryingInvoker invoker = new RetryingInvoker(
                server::attempt, budget, new Pauses(timer, Runnable::run), () -> 0.5, new ManualClock(), new NoNews());
        int failedFirst = 0;
        int recovered = 0;
        int enough = p < 0.1 ? FAILED_FIRST / 2 : FAILED_FIRST;
        Invocation invocation = Records.invocation(read);
        while (failedFirst < enough) {
            nanos.advance(Duration.ofMillis(1));
            server.isFirst = true;
            server.hasFailedFirst = false;
            Outcome outcome = invoker.invoke(invocation).handle(Outcome::of).join();
            failedFirst += server.hasFailedFirst ? 1 : 0;
            recovered += server.hasFailedFirst && outcome instanceof Outcome.Answered ? 1 : 0;
        }
        System.out.printf(
                "%d attempts, p %.2f: %.2f %% of %d calls whose first attempt failed ended well%n",
                settings.attempts(), p, 100.0 * recovered / failedFirst, failedFirst);
        return recovered / (double) failedFirst;
    }

    private final class Attempts {
        private final double p;
        private boolean isFirst;
        private boolean hasFailedFirst;

        Attempts(double p) {
            this.p = p;
        }

        CompletableFuture<Answer> attempt(Invocation invocation) {
            attempts++;
            boolean fails = random.nextDouble() < p;
            hasFailedFirst |= isFirst && fails;
            isFirst = false;
            return fails
                    ? InvocationFailed.stage(Failure.inTheDark(invocation.tool(), ErrorCode.CONNECTION_LOST, "as told"))
                    : CompletableFuture.completedFuture(new Answer(Status.OK, RawJson.ofText("{}"), 1));
        }
    }

    private static final class NoNews implements RetryListener {
        @Override
        public void retried(Tool tool, ErrorCode reason, Duration wait) {}

        @Override
        public void ended(Tool tool, boolean isAnswered) {}

        @Override
        public void budgetExhausted(Tool tool) {}
    }
}
