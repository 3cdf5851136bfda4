package io.toolstream.worker.cache;

import static io.toolstream.worker.cache.CacheFixture.ON;
import static io.toolstream.worker.cache.CacheFixture.answer;
import static io.toolstream.worker.cache.CacheFixture.call;
import static io.toolstream.worker.cache.CacheFixture.stale;
import static io.toolstream.worker.cache.CacheFixture.tool;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.settings.ToolCacheSettings;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.CacheTier;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class CachingInvokerTest {
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Duration YOUNG = AnswerTiers.YOUNG;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CacheFixture cache = new CacheFixture();
    private final Tool read = tool(ON);

    @Test
    void invoke_again_isAnsweredFromMemory_withoutAnAttempt() {
        Answer first = invoke(call(read, "{\"a\":1,\"b\":2.0}"));
        Invocation same = call(read, "{ \"b\" : 2.0, \"a\" : 1 }");

        Answer second = invoke(same);

        assertThat(first).isEqualTo(answer(1));
        assertThat(second).isEqualTo(new Answer(Status.OK, first.result(), 0));
        assertThat(same.trail().cache()).isEqualTo(CacheTier.L1);
        assertThat(cache.events).containsExactly(CacheEvent.MISS, CacheEvent.L1);
        assertThat(cache.store.kept).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":2}", "{\"a\":1.0}", "{\"a\":\"1\"}", "{}", "{\"a\":1,\"b\":null}"})
    void invoke_otherArguments_isAnotherCall(String other) {
        invoke(call(read, "{\"a\":1}"));

        invoke(call(read, other));

        assertThat(cache.asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"cache\":\"bypass\"",
                "\"inputResponses\":{}",
                "\"requestState\":\"s\"",
                "\"cache\":\"refresh\""
            })
    void invoke_callThatWantsNoKeptAnswer_isExecuted(String field) {
        invoke(call(read, "{}"));

        assertThat(invoke(call(read, "{}", field))).isEqualTo(answer(2));
    }

    @Test
    void invoke_refresh_replacesWhatIsKept_bypassDoesNot() {
        invoke(call(read, "{}"));
        invoke(call(read, "{}", "\"cache\":\"bypass\""));
        assertThat(invoke(call(read, "{}"))).isEqualTo(kept(1));

        invoke(call(read, "{}", "\"cache\":\"refresh\""));

        assertThat(invoke(call(read, "{}"))).isEqualTo(kept(3));
    }

    @Test
    void invoke_toolThatIsNotDeclared_orRunsOnce_isExecuted() {
        for (Tool tool : List.of(tool(ToolCacheSettings.OFF), tool("pay", Effect.ONCE, ON, List.of()))) {
            invoke(call(tool, "{}"));
            assertThat(invoke(call(tool, "{}")).attempts()).isEqualTo(1);
        }
        assertThat(cache.events).isEmpty();
    }

    @Test
    void invoke_idempotentToolThatIsDeclared_isKept() {
        Tool put = tool("put", Effect.IDEMPOTENT, ON, List.of());
        invoke(call(put, "{}"));

        assertThat(invoke(call(put, "{}")).attempts()).isZero();
    }

    @Test
    void invoke_afterItsTime_isExecuted() {
        invoke(call(read, "{}"));
        cache.advance(TTL.minusNanos(1));
        assertThat(invoke(call(read, "{}"))).isEqualTo(kept(1));

        cache.advance(Duration.ofNanos(1));

        assertThat(invoke(call(read, "{}"))).isEqualTo(answer(2));
    }

    @ParameterizedTest
    @EnumSource(names = {"TOOL_ERROR", "INPUT_REQUIRED"})
    void invoke_whatIsNoResult_isNotKept(Status status) {
        cache.server = invocation -> CompletableFuture.completedFuture(new Answer(status, RawJson.EMPTY_OBJECT, 1));

        invoke(call(read, "{}"));
        invoke(call(read, "{}"));

        assertThat(cache.asked).hasSize(2);
        assertThat(cache.store.kept).isEmpty();
    }

    @Test
    void invoke_failure_isNotKept() {
        fails(ErrorCode.TIMED_OUT);
        assertThat(code(call(read, "{}"))).isEqualTo(ErrorCode.TIMED_OUT);
        assertThat(code(call(read, "{}"))).isEqualTo(ErrorCode.TIMED_OUT);

        assertThat(cache.asked).hasSize(2);
    }

    @Test
    void invoke_declaredErrorWhereThatIsWanted_isKeptForAMoment_inMemoryOnly() {
        Tool tool = tool(stale(MINUTE, MINUTE, Duration.ofSeconds(10)));
        cache.server =
                invocation -> CompletableFuture.completedFuture(new Answer(Status.TOOL_ERROR, RawJson.EMPTY_OBJECT, 1));
        invoke(call(tool, "{}"));
        assertThat(invoke(call(tool, "{}"))).isEqualTo(new Answer(Status.TOOL_ERROR, RawJson.EMPTY_OBJECT, 0));

        cache.advance(Duration.ofSeconds(10));

        assertThat(invoke(call(tool, "{}")).attempts()).isEqualTo(1);
        assertThat(cache.store.kept).isEmpty();
    }

    @Test
    void invoke_largeResult_isNotKept() {
        String large = "\"" + "x".repeat(300 << 10) + "\"";
        cache.server = invocation -> CompletableFuture.completedFuture(new Answer(Status.OK, RawJson.ofText(large), 1));
        invoke(call(read, "{}"));

        assertThat(invoke(call(read, "{}")).attempts()).isEqualTo(1);
    }

    @Test
    void invoke_afterTheEpochChanged_isExecuted() {
        invoke(call(read, "{}"));

        var unused = cache.epochs.advance(List.of(new ToolName("files", "read")), "files/write");

        assertThat(invoke(call(read, "{}"))).isEqualTo(answer(2));
    }

    @Test
    void invoke_epochChangesMeanwhile_keepsNothing() {
        cache.server = invocation -> {
            var unused = cache.epochs.advance(List.of(new ToolName("files", "read")), "files/write");
            return CompletableFuture.completedFuture(answer(cache.asked.size()));
        };
        invoke(call(read, "{}"));

        assertThat(cache.store.kept).isEmpty();
        assertThat(cache.memory.size()).isZero();
        assertThat(cache.events).containsExactly(CacheEvent.OUTDATED, CacheEvent.MISS);
    }

    @Test
    void invoke_epochNotSure_usesOnlyWhatIsYoung_andNoSharedStore() {
        invoke(call(read, "{}"));
        cache.epochs.areKnown = false;
        cache.advance(YOUNG.minusNanos(1));
        assertThat(invoke(call(read, "{}"))).isEqualTo(kept(1));
        cache.store.has = Optional.of(new KeptAnswer(Status.OK, RawJson.ofText("{}"), cache.clock.millis()));

        cache.advance(Duration.ofNanos(1));

        assertThat(invoke(call(read, "{}"))).isEqualTo(answer(2));
        assertThat(invoke(call(read, "{}"))).isEqualTo(kept(2));
        assertThat(cache.store.kept).hasSize(1);
        cache.epochs.areKnown = true;
        cache.advance(MINUTE);
        assertThat(invoke(call(read, "{}"))).isEqualTo(kept(2));
    }

    @Test
    void invoke_epochNotSure_joinsOnlyWhatBeganAMomentAgo() {
        cache.epochs.areKnown = false;
        List<CompletableFuture<Answer>> executions = new ArrayList<>();
        cache.server = invocation -> {
            executions.add(new CompletableFuture<>());
            return executions.get(executions.size() - 1);
        };
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(cache.invoker.invoke(call(read, "{}")));
            cache.advance(Duration.ofMillis(400));
        }

        assertThat(executions).hasSize(2);
        executions.get(1).complete(answer(2));
        executions.get(0).complete(answer(1));
        assertThat(answers.stream().map(each -> each.join().result()))
                .containsExactly(
                        answer(1).result(),
                        answer(1).result(),
                        answer(1).result(),
                        answer(2).result(),
                        answer(2).result(),
                        answer(2).result());
    }

    @Test
    void invoke_epochNotSure_serverFails_isNotAnsweredWithWhatWasGood() {
        Tool tool = tool(stale(MINUTE, MINUTE, ZERO));
        invoke(call(tool, "{}"));
        cache.advance(TTL.plusSeconds(1));
        fails(ErrorCode.BREAKER_OPEN);
        cache.epochs.areKnown = false;

        assertThat(code(call(tool, "{}"))).isEqualTo(ErrorCode.BREAKER_OPEN);
    }

    /** As if a mark of this worker had no place in the log yet: what was read after it counts for a moment, and never elsewhere. */
    @Test
    void invoke_ownMarkOnItsWay_isAskedAfresh_once() {
        invoke(call(read, "{}"));
        cache.epochs.markOnItsWay(new ToolName("files", "read"));

        assertThat(invoke(call(read, "{}"))).isEqualTo(answer(2));
        assertThat(invoke(call(read, "{}"))).isEqualTo(kept(2));

        assertThat(cache.store.kept).hasSize(1);
        cache.advance(YOUNG);
        assertThat(invoke(call(read, "{}"))).isEqualTo(answer(3));
    }

    @Test
    void invoke_inTheSharedStore_isPromoted_forTheTimeItHasLeft() {
        Invocation call = call(read, "{}");
        long createdMillis = cache.clock.millis() - Duration.ofMinutes(59).toMillis();
        cache.store.has = Optional.of(new KeptAnswer(Status.OK, RawJson.ofText("{}"), createdMillis));

        assertThat(invoke(call)).isEqualTo(new Answer(Status.OK, RawJson.ofText("{}"), 0));
        assertThat(call.trail().cache()).isEqualTo(CacheTier.L2);
        cache.store.has = Optional.empty();

        assertThat(invoke(call(read, "{}")).attempts()).isZero();
        cache.advance(MINUTE);
        assertThat(invoke(call(read, "{}")).attempts()).isEqualTo(1);
        assertThat(cache.events).containsExactly(CacheEvent.L2, CacheEvent.L1, CacheEvent.MISS);
    }

    @Test
    void invoke_tooOldInTheSharedStore_isExecuted() {
        long createdMillis = cache.clock.millis() - Duration.ofHours(1).toMillis();
        cache.store.has = Optional.of(new KeptAnswer(Status.OK, RawJson.ofText("{}"), createdMillis));

        assertThat(invoke(call(read, "{}"))).isEqualTo(answer(1));
    }

    @Test
    void invoke_stale_isAnsweredAtOnce_andFetchedOnce() {
        Tool tool = tool(stale(MINUTE, ZERO, ZERO));
        invoke(call(tool, "{}"));
        cache.advance(TTL.plus(MINUTE).minusNanos(1));
        CompletableFuture<Answer> fresh = new CompletableFuture<>();
        cache.server = invocation -> fresh;

        assertThat(invoke(call(tool, "{}"))).isEqualTo(kept(1));
        assertThat(invoke(call(tool, "{}"))).isEqualTo(kept(1));
        assertThat(cache.asked).hasSize(2);
        fresh.complete(answer(2));

        assertThat(invoke(call(tool, "{}"))).isEqualTo(kept(2));
        assertThat(cache.asked).hasSize(2);
        assertThat(cache.events).contains(CacheEvent.STALE);
    }

    @Test
    void invoke_staleForTooLong_waits() {
        Tool tool = tool(stale(MINUTE, ZERO, ZERO));
        invoke(call(tool, "{}"));

        cache.advance(TTL.plus(MINUTE));

        assertThat(invoke(call(tool, "{}"))).isEqualTo(answer(2));
    }

    @Test
    void invoke_staleOfAToolThatChangesSomething_isNotRunUnasked() {
        Tool put = tool("put", Effect.IDEMPOTENT, stale(MINUTE, ZERO, ZERO), List.of());
        invoke(call(put, "{}"));
        cache.advance(TTL.plusSeconds(1));

        assertThat(invoke(call(put, "{}"))).isEqualTo(answer(2));
    }

    @Test
    void invoke_serverFails_isAnsweredWithWhatWasGood_forSoLong() {
        Tool tool = tool(stale(ZERO, MINUTE, ZERO));
        invoke(call(tool, "{}"));
        fails(ErrorCode.BREAKER_OPEN);
        cache.advance(TTL.plus(MINUTE).minusNanos(1));
        Invocation call = call(tool, "{}");

        assertThat(invoke(call)).isEqualTo(kept(1));
        assertThat(call.trail().cache()).isEqualTo(CacheTier.L1);
        assertThat(cache.events).contains(CacheEvent.STALE_IF_ERROR);

        cache.advance(Duration.ofNanos(1));
        assertThat(code(call(tool, "{}"))).isEqualTo(ErrorCode.BREAKER_OPEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCELLED", "DEADLINE_PASSED", "INTERNAL"})
    void invoke_failureThatIsNotTheServers_isNotCovered(ErrorCode code) {
        Tool tool = tool(stale(ZERO, MINUTE, ZERO));
        invoke(call(tool, "{}"));
        cache.advance(TTL.plusSeconds(1));
        fails(code);

        assertThat(code(call(tool, "{}"))).isEqualTo(code);
    }

    private void fails(ErrorCode code) {
        cache.server =
                invocation -> InvocationFailed.stage(new Failure(code, "as told", MayHaveRun.MAYBE, true, 1, null));
    }

    private Answer invoke(Invocation invocation) {
        return cache.invoker.invoke(invocation).join();
    }

    private static Answer kept(int number) {
        return new Answer(Status.OK, answer(number).result(), 0);
    }

    private ErrorCode code(Invocation invocation) {
        return cache.invoker
                .invoke(invocation)
                .handle((answer, thrown) ->
                        ((Outcome.Failed) Outcome.of(answer, thrown)).failure().code())
                .join();
    }
}
