package io.toolstream.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LaneInvokerTest {
    private static final String ORDERED = "\"orderingKey\":\"k\",\"priority\":\"batch\"";
    private static final Duration AGAIN = Duration.ofSeconds(3);

    private final Simulation simulation = new Simulation();
    private final WorkerSlots slots = new WorkerSlots(8, 8);
    private final LaneInvoker invoker = new LaneInvoker(this::attempt, slots, simulation.clockwork());
    private final Tool tool = ToolFixtures.tool("fs", "read", Effect.READ);
    private Failure failure = refusal(ErrorCode.BREAKER_OPEN).retryAfter(AGAIN);
    private Duration wellFrom = Duration.ofHours(1);
    private int asked;

    @Test
    void invoke_whileItsServerIsAway_waitsUntilItIsBack() {
        wellFrom = Duration.ofSeconds(5);
        Invocation invocation = invocation(ORDERED);

        CompletableFuture<Answer> ended = invoker.invoke(invocation);
        simulation.run(AGAIN.minusMillis(1));
        assertThat(ended).isNotDone();
        assertThat(slots.held()).isEqualTo(1);
        simulation.run(AGAIN.plusMillis(1));

        assertThat(ended.join().status()).isEqualTo(Status.OK);
        assertThat(asked).isEqualTo(3);
        assertThat(invocation.trail().waited()).isEqualTo(AGAIN.multipliedBy(2));
        assertThat(slots.held()).isZero();
    }

    @Test
    void invoke_serverThatStaysAway_isWaitedForTenSeconds() {
        CompletableFuture<Answer> ended = invoker.invoke(invocation(ORDERED));
        simulation.run(Duration.ofSeconds(9));

        assertThat(failureOf(ended)).isEqualTo(failure);
        assertThat(asked).isEqualTo(4);
        assertThat(slots.held()).isZero();
    }

    @Test
    void invoke_afterOneThatWaitedInVain_failsAtOnce_untilOneIsAnswered() {
        wellFrom = Duration.ofSeconds(20);
        var unused = invoker.invoke(invocation(ORDERED));
        simulation.run(Duration.ofSeconds(9));

        assertThat(failureOf(invoker.invoke(invocation(ORDERED)))).isEqualTo(failure);

        simulation.run(Duration.ofSeconds(11));
        assertThat(invoker.invoke(invocation(ORDERED))).isCompleted();
        wellFrom = Duration.ofHours(1);
        assertThat(invoker.invoke(invocation(ORDERED))).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"priority\":\"batch\"",
                "\"orderingKey\":\"k\"",
                "\"orderingKey\":\"k\",\"priority\":\"interactive\""
            })
    void invoke_callsThatWouldParkOrThatSomebodyWaitsFor_failAtOnce(String options) {
        assertThat(failureOf(invoker.invoke(invocation(options)))).isEqualTo(failure);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"TIMED_OUT", "INTERNAL", "INVALID_ARGUMENTS", "DEADLINE_PASSED"})
    void invoke_whatDoesNotPassByWaiting_failsAtOnce(ErrorCode code) {
        failure = refusal(code);
        assertThat(failureOf(invoker.invoke(invocation(ORDERED)))).isEqualTo(failure);
    }

    @Test
    void invoke_whatMayHaveRun_failsAtOnce() {
        failure = Failure.afterAttempt(tool, ErrorCode.CONNECT_FAILED, "as told", MayHaveRun.MAYBE);
        assertThat(failureOf(invoker.invoke(invocation(ORDERED)))).isEqualTo(failure);
    }

    @Test
    void invoke_waitThatEndsAfterTheDeadline_isNotBegun() {
        CompletableFuture<Answer> ended = invoker.invoke(invocation(ORDERED + ",\"timeoutMs\":2999"));
        assertThat(failureOf(ended)).isEqualTo(failure);
    }

    @Test
    void cancel_whileItWaits_asksOnceMoreAndEnds() {
        CompletableFuture<Void> signal = new CompletableFuture<>();
        CompletableFuture<Answer> ended = invoker.invoke(invocation(ORDERED).cancelledBy(signal));
        signal.complete(null);

        assertThat(failureOf(ended)).isEqualTo(failure);
        assertThat(slots.held()).isZero();
    }

    /** Where there are other servers, those of one take half of the places at most. */
    @Test
    void invoke_manyOfAServerThatIsAway_leavePlacesToOthers() {
        slots.share("fs");
        slots.share("other");
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(invoker.invoke(invocation(ORDERED)));
        }

        assertThat(calls.stream().filter(call -> !call.isDone())).hasSize(4);
        assertThat(slots.held()).isEqualTo(4);
        simulation.run(Duration.ofMinutes(1));
        assertThat(calls).allMatch(CompletableFuture::isDone);
        assertThat(slots.held()).isZero();
    }

    private CompletableFuture<Answer> attempt(Invocation invocation) {
        asked++;
        return simulation.now().compareTo(wellFrom) >= 0
                ? CompletableFuture.completedFuture(new Answer(Status.OK, RawJson.ofText("{}"), 1))
                : InvocationFailed.stage(failure);
    }

    private Invocation invocation(String options) {
        String value = "{\"server\":\"fs\",\"tool\":\"read\",\"arguments\":{}," + options + "}";
        return new Invocation(Records.call(value), tool, Records.origin());
    }

    private static Failure refusal(ErrorCode code) {
        return Failure.beforeDispatch(code, "as told");
    }

    private static Failure failureOf(CompletableFuture<Answer> ended) {
        assertThat(ended).isDone();
        return ((Outcome.Failed) ended.handle(Outcome::of).join()).failure();
    }
}
