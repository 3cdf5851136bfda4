package io.toolstream.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.AdaptiveSettings;
import io.toolstream.settings.Effect;
import io.toolstream.settings.RetrySettings;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.settings.ToolPolicy;
import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AttemptLimitsTest {
    private static final Duration CONFIGURED = Duration.ofSeconds(30);
    private static final AdaptiveSettings SETTINGS = new AdaptiveSettings(true, Duration.ofMillis(100), 300);

    private final Simulation simulation = new Simulation();
    private Duration takes = Duration.ofMillis(200);
    private final List<Duration> given = new ArrayList<>();
    private Duration left = Duration.ZERO;
    private final Invoker limits = AttemptLimits.around(this::attempt, SETTINGS, CONFIGURED, simulation.clockwork());

    @Test
    void limit_beforeEnoughIsKnown_isTheConfiguredOne() {
        call(Calls.TOOL, LearnedLimit.LEAST_SAMPLES);

        assertThat(given).allMatch(limit -> limit.compareTo(CONFIGURED) >= 0);
    }

    @Test
    void limit_ofASteadyTool_isThreeTimesWhatItTakes() {
        call(Calls.TOOL, 200);

        assertThat(last()).isBetween(Duration.ofMillis(600), Duration.ofMillis(720));
    }

    /** The answer may be a task, which goes on: only the call's own deadline ends it. */
    @Test
    void limit_isForTheAnswer_notForTheTaskThatItMayBe() {
        call(Calls.TOOL, 200);

        assertThat(last()).isLessThan(Duration.ofSeconds(1));
        assertThat(left).isGreaterThanOrEqualTo(CONFIGURED);
    }

    @Test
    void limit_ofAFastTool_isTheLeast() {
        takes = Duration.ofMillis(1);
        call(Calls.TOOL, 200);

        assertThat(last()).hasMillis(100);
    }

    @Test
    void limit_ofASlowTool_isTheConfiguredOne() {
        takes = Duration.ofSeconds(20);
        call(Calls.TOOL, 200);

        assertThat(last()).isGreaterThanOrEqualTo(CONFIGURED);
    }

    @Test
    void limit_ofAToolThatRunsOnce_isLeftAlone() {
        Tool once = ToolFixtures.tool("fs", "write_file", Effect.ONCE);
        call(once, 200);

        assertThat(last()).isGreaterThanOrEqualTo(CONFIGURED);
    }

    @Test
    void limit_ofOneTool_saysNothingAboutAnother() {
        call(Calls.TOOL, 200);
        call(ToolFixtures.tool("fs", "other", Effect.READ), 1);

        assertThat(last()).isGreaterThanOrEqualTo(CONFIGURED);
    }

    @Test
    void limit_switchedOff_isNotThere() {
        Invoker inner = this::attempt;
        AdaptiveSettings off = new AdaptiveSettings(false, Duration.ofMillis(100), 300);

        assertThat(AttemptLimits.around(inner, off, CONFIGURED, simulation.clockwork()))
                .isSameAs(inner);
    }

    /** Ten times as slow from one moment to the next: few attempts are lost to finding out, and then none. */
    @Test
    void limit_ofAToolThatBecomesSlower_growsWithIt() {
        call(Calls.TOOL, 500);
        takes = Duration.ofSeconds(4);
        long lostFirst = call(Calls.TOOL, 100);
        long lostThen = call(Calls.TOOL, 500);

        assertThat(lostFirst).isBetween(2L, 15L);
        assertThat(lostThen).isZero();
        assertThat(last()).isGreaterThan(Duration.ofSeconds(4));
    }

    /** Attempts under way together are one experience, not ten: the limit is doubled once, and knows of slower ones. */
    @Test
    void limit_afterManyTimedOutTogether_isNotDoubledForEach() {
        call(Calls.TOOL, 200);
        Duration before = last();
        takes = Duration.ofDays(1);
        for (int i = 0; i < 10; i++) {
            var unused = limits.invoke(invocation(Calls.TOOL));
        }
        simulation.run(Duration.ofSeconds(60));
        takes = Duration.ofMillis(200);
        call(Calls.TOOL, 1);

        assertThat(last()).isBetween(before.multipliedBy(2), before.multipliedBy(8));
    }

    @Test
    void limit_onceTheServerIsWellAgain_comesDownAgain() {
        call(Calls.TOOL, 500);
        takes = Duration.ofDays(1);
        call(Calls.TOOL, 8);
        takes = Duration.ofMillis(200);
        call(Calls.TOOL, 5_000);

        assertThat(last()).isBetween(Duration.ofMillis(600), Duration.ofMillis(720));
    }

    @Test
    void wholeCall_isLimitedByItsTool_elseByItsServer_elseByItsDeadline() {
        ToolPolicy policy =
                new ToolPolicy(Duration.ofSeconds(3), RetrySettings.DEFAULT, ToolCacheSettings.OFF, List.of());
        Tool own = new Tool("fs", "own", Effect.READ, "digest", Calls.TOOL.arguments(), policy);
        Invoker calls = new CallLimitInvoker(this::attempt, Duration.ofSeconds(20), simulation);

        var toolsOwn = calls.invoke(invocation(own));
        var servers = calls.invoke(invocation(Calls.TOOL));
        var callers = calls.invoke(Calls.due(Duration.ofSeconds(1)));

        assertThat(given).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(20), Duration.ofSeconds(1));
        assertThat(toolsOwn).isNotDone();
        assertThat(servers).isNotDone();
        assertThat(callers).isNotDone();
    }

    private Duration last() {
        return given.get(given.size() - 1);
    }

    /** One after the other; tells how many timed out. */
    private long call(Tool tool, int times) {
        long lost = 0;
        for (int i = 0; i < times; i++) {
            CompletableFuture<Answer> call = limits.invoke(invocation(tool));
            while (!call.isDone()) {
                simulation.run(Duration.ofMillis(50));
            }
            lost += call.isCompletedExceptionally() ? 1 : 0;
        }
        return lost;
    }

    private static Invocation invocation(Tool tool) {
        return new Invocation(Calls.any().call(), tool, Records.origin());
    }

    /** As the connection does it: answers in its time or times out. */
    private CompletableFuture<Answer> attempt(Invocation invocation) {
        Duration limit = invocation.timeToAnswer(simulation);
        given.add(limit);
        left = invocation.timeLeft(simulation);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        if (takes.compareTo(limit) <= 0 && takes.compareTo(CONFIGURED) <= 0) {
            simulation.in(takes, () -> answer.complete(Tools.ANSWER));
        } else {
            Failure timedOut = Failure.inTheDark(invocation.tool(), ErrorCode.TIMED_OUT, "no answer in time");
            Duration end = limit.compareTo(CONFIGURED) < 0 ? limit : CONFIGURED;
            simulation.in(end, () -> answer.completeExceptionally(new InvocationFailed(timedOut)));
        }
        return answer;
    }
}
