package io.toolstream.worker.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.wire.ErrorCode;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class FailoverInvokerTest {
    private final ManualClock clock = new ManualClock();
    private final List<String> asked = new ArrayList<>();
    private final Map<String, Failure> failing = new HashMap<>();
    private final Set<String> unfit = new HashSet<>();
    private final FailoverInvoker invoker = new FailoverInvoker(List.of(target("a"), target("b"), target("c")), clock);
    private final Tool once = ToolFixtures.tool("fs", "pay", Effect.ONCE);

    @Test
    void invoke_allFit_asksTheFirst() {
        assertThat(invoker.invoke(Records.invocation(once)).join().status()).isEqualTo(Status.OK);
        assertThat(asked).containsExactly("a");
    }

    @Test
    void invoke_notSent_asksTheNext_evenForToolsThatRunOnce() {
        failing.put("a", Failure.beforeDispatch(ErrorCode.CONNECT_FAILED, "refused"));
        failing.put("b", Failure.beforeDispatch(ErrorCode.BREAKER_OPEN, "open"));

        assertThat(invoker.invoke(Records.invocation(once)).join().attempts()).isEqualTo(1);
        assertThat(asked).containsExactly("a", "b", "c");
    }

    @Test
    void invoke_mayHaveRun_asksNobodyElse() {
        failing.put("a", Failure.inTheDark(once, ErrorCode.TIMED_OUT, "as told"));

        assertThat(failure(invoker.invoke(Records.invocation(once))).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(asked).containsExactly("a");
    }

    @Test
    void invoke_unfitOnes_areTheLastResort() {
        unfit.add("a");
        failing.put("b", Failure.beforeDispatch(ErrorCode.CONNECT_FAILED, "refused"));
        failing.put("c", Failure.beforeDispatch(ErrorCode.CONNECT_FAILED, "refused"));

        assertThat(invoker.invoke(Records.invocation(once)).join().status()).isEqualTo(Status.OK);
        assertThat(asked).containsExactly("b", "c", "a");
    }

    @Test
    void invoke_everybodyRefuses_saysWhenTheFirstOfThemMayBeAskedAgain() {
        failing.put("a", refusal(Duration.ofSeconds(5)));
        failing.put("b", refusal(Duration.ofSeconds(2)));
        failing.put("c", refusal(Duration.ofSeconds(9)));

        Failure failure = failure(invoker.invoke(Records.invocation(once)));

        assertThat(failure.code()).isEqualTo(ErrorCode.BREAKER_OPEN);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void invoke_anotherAttempt_prefersAnotherEndpoint() {
        Invocation invocation = Records.invocation(once);
        invocation.trail().askedReplica("a");

        var unused = invoker.invoke(invocation).join();

        assertThat(asked).containsExactly("b");
    }

    @Test
    void invoke_deadlinePassedOnTheWay_asksNobodyElse() {
        failing.put("a", Failure.beforeDispatch(ErrorCode.CONNECT_FAILED, "refused"));
        Invocation invocation = Records.invocation(once);
        clock.advance(Duration.ofMinutes(5));

        assertThat(failure(invoker.invoke(invocation)).code()).isEqualTo(ErrorCode.CONNECT_FAILED);
        assertThat(asked).containsExactly("a");
    }

    private FailoverInvoker.Target target(String name) {
        return new FailoverInvoker.Target(
                name,
                invocation -> {
                    asked.add(name);
                    Failure failure = failing.get(name);
                    return failure == null
                            ? CompletableFuture.completedFuture(new Answer(Status.OK, RawJson.ofText("{}"), 1))
                            : InvocationFailed.stage(failure);
                },
                () -> !unfit.contains(name));
    }

    private static Failure refusal(Duration retryAfter) {
        return Failure.beforeDispatch(ErrorCode.BREAKER_OPEN, "open").retryAfter(retryAfter);
    }

    private static Failure failure(CompletableFuture<Answer> ended) {
        return ((Outcome.Failed) ended.handle(Outcome::of).join()).failure();
    }
}
