package io.toolstream.worker.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.wire.EffectEntry;
import io.toolstream.wire.EffectEntry.Alive;
import io.toolstream.wire.EffectEntry.Claimed;
import io.toolstream.wire.EffectEntry.Concluded;
import io.toolstream.wire.EffectEntry.Released;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Header;
import io.toolstream.wire.InboundRecord;
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
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Origin;
import io.toolstream.worker.invoke.Outcome;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class ClaimingInvokerTest {
    private static final int PARTITIONS = 4;
    private static final Answer DONE = new Answer(Status.OK, RawJson.ofText("{\"content\":[]}"), 1);

    private final ManualClock clock = new ManualClock();
    private final Tool pay = ToolFixtures.tool("bank", "pay", Effect.ONCE);
    private final MemoryEffectLog topic = new MemoryEffectLog();
    private final List<Invocation> dispatched = new ArrayList<>();
    private Supplier<CompletableFuture<Answer>> server = () -> CompletableFuture.completedFuture(DONE);
    private boolean isHeld = true;
    private final Invoker invoker = on(topic);

    @Test
    void invoke_repeatableTool_leavesTheLedgerAlone() {
        Tool read = ToolFixtures.tool("bank", "read", Effect.READ);

        assertThat(invoker.invoke(call(read, "{}"))).isCompletedWithValue(DONE);

        assertThat(allEntries()).isEmpty();
    }

    @Test
    void invoke_onceTool_isDispatchedAfterItsClaimIsKnown() {
        topic.hold();
        CompletableFuture<Answer> answer = invoker.invoke(call("{}"));
        assertThat(dispatched).isEmpty();
        assertThat(allEntries()).hasOnlyElementsOfType(Claimed.class);

        topic.release();

        assertThat(answer).isCompletedWithValue(DONE);
        assertThat(dispatched).hasSize(1);
        assertThat(allEntries()).hasSize(2).last().isInstanceOf(Concluded.class);
    }

    @Test
    void invoke_obligation_isTheConclusion_writtenOnceTheReplyIsOnItsWay() {
        Invocation call = call("{}");
        CompletableFuture<Answer> answer = claiming(topic).invoke(call);
        assertThat(answer).isCompletedWithValue(DONE);
        assertThat(allEntries()).hasOnlyElementsOfType(Claimed.class);
        topic.hold();

        CompletableFuture<Void> met = call.obligations().meet();

        assertThat(allEntries()).last().isInstanceOf(Concluded.class);
        assertThat(met).isNotDone();
        topic.release();
        assertThat(met).isCompleted();
    }

    @Test
    void invoke_claimBelowAnUnreadRecord_waitsForTheReader() {
        MemoryEffectLog other = topic.ofAnotherWorker();
        other.entries(3).add(new Alive("somebody's", "claim"));

        CompletableFuture<Answer> answer = invoker.invoke(call("{}"));
        assertThat(dispatched).isEmpty();

        topic.deliver();
        assertThat(answer).isCompleted();
        assertThat(dispatched).hasSize(1);
    }

    @Test
    void invoke_sameKeyAgain_isAnsweredWithWhatIsRecorded() {
        invoker.invoke(call("{\"a\":1}", key("k"))).join();

        Answer again = invoker.invoke(call("{ \"a\" : 1 }", key("k"))).join();

        assertThat(again).isEqualTo(new Answer(Status.OK, DONE.result(), 0));
        assertThat(dispatched).hasSize(1);
    }

    @Test
    void invoke_sameKeyOtherArguments_isRejected() {
        invoker.invoke(call("{\"a\":1}", key("k"))).join();

        assertThat(failure(invoker.invoke(call("{\"a\":2}", key("k"))))).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.KEY_REUSED);
            assertThat(failure.mayHaveRun()).isEqualTo(MayHaveRun.NO);
        });
        assertThat(dispatched).hasSize(1);
    }

    @Test
    void invoke_sameKeyOfAnotherTenant_isAnotherEffect() {
        invoker.invoke(call("{}", key("k"), Records.header("tenant", "one"))).join();
        invoker.invoke(call("{}", key("k"), Records.header("tenant", "two"))).join();

        assertThat(dispatched).hasSize(2);
    }

    @Test
    void invoke_confirmedReplay_isAnotherEffect() {
        invoker.invoke(call("{}", key("k"))).join();
        invoker.invoke(call("{}", key("k"), Records.header("toolstream-replays", "1")))
                .join();
        invoker.invoke(call("{}", key("k"), Records.header("toolstream-replays", "1")))
                .join();

        assertThat(dispatched).hasSize(2);
    }

    @Test
    void invoke_sameKeyWhileTheFirstRuns_waitsForIt() {
        CompletableFuture<Answer> running = new CompletableFuture<>();
        server = () -> running;
        CompletableFuture<Answer> first = invoker.invoke(call("{}", key("k")));
        CompletableFuture<Answer> second = invoker.invoke(call("{}", key("k")));
        assertThat(second).isNotDone();

        running.complete(DONE);

        assertThat(first).isCompletedWithValue(DONE);
        assertThat(second.join().result()).isEqualTo(DONE.result());
        assertThat(dispatched).hasSize(1);
    }

    @Test
    void invoke_provablyNotDispatched_leavesTheKeyFree() {
        server = () -> InvocationFailed.stage(Failure.beforeDispatch(ErrorCode.CONNECT_FAILED, "refused"));
        assertThat(failure(invoker.invoke(call("{}", key("k")))).code()).isEqualTo(ErrorCode.CONNECT_FAILED);

        server = () -> CompletableFuture.completedFuture(DONE);
        assertThat(invoker.invoke(call("{}", key("k")))).isCompletedWithValue(DONE);
        assertThat(dispatched).hasSize(2);
    }

    @Test
    void invoke_answeredAsNotRun_isNotDispatchedForAWorkerThatWasStopped() {
        Invocation call = call("{}");
        server = () -> InvocationFailed.stage(Failure.beforeDispatch(ErrorCode.CONNECT_FAILED, "refused"));
        failure(invoker.invoke(call));
        server = () -> CompletableFuture.completedFuture(DONE);

        // When a worker that had the same record in hand goes on, and knows nothing of that yet
        MemoryEffectLog other = topic.ofAnotherWorker();
        CompletableFuture<Answer> late = on(other).invoke(call);
        other.deliver();

        assertThat(failure(late).code()).isEqualTo(ErrorCode.CONNECT_FAILED);
        assertThat(dispatched).hasSize(1);
    }

    @Test
    void invoke_notRunAndLeftToTheNextOwner_isDispatchedThere() {
        Invocation call = call("{}");
        server = () -> {
            isHeld = false;
            return InvocationFailed.stage(Failure.beforeDispatch(ErrorCode.SHUTTING_DOWN, "on its way out"));
        };
        failure(invoker.invoke(call));
        assertThat(allEntries()).last().isInstanceOf(Released.class);

        isHeld = true;
        server = () -> CompletableFuture.completedFuture(DONE);
        MemoryEffectLog other = topic.ofAnotherWorker();
        CompletableFuture<Answer> again = on(other).invoke(call);
        other.deliver();

        assertThat(again).isCompletedWithValue(DONE);
    }

    @Test
    void invoke_answeredAsNotRun_staysSo_thoughThePartitionGoesBeforeTheLedgerIsTold() {
        Invocation call = call("{}");
        server = () -> InvocationFailed.stage(Failure.beforeDispatch(ErrorCode.CONNECT_FAILED, "refused"));
        failure(claiming(topic).invoke(call));

        isHeld = false;
        assertThat(call.obligations().meet()).isCompleted();

        assertThat(allEntries()).last().isInstanceOf(Concluded.class);
    }

    @Test
    void invoke_failedForSure_isRepeatedAsAFailure() {
        server =
                () -> InvocationFailed.stage(Failure.afterAttempt(pay, ErrorCode.SERVER_ERROR, "no", MayHaveRun.MAYBE));
        failure(invoker.invoke(call("{}", key("k"))));

        assertThat(failure(invoker.invoke(call("{}", key("k")))).code()).isEqualTo(ErrorCode.SERVER_ERROR);
        assertThat(dispatched).hasSize(1);
    }

    @Test
    void invoke_partitionTakenAwayMeanwhile_isNotDispatched() {
        topic.hold();
        CompletableFuture<Answer> answer = invoker.invoke(call("{}"));
        isHeld = false;
        topic.release();

        assertThat(failure(answer).mayHaveRun()).isEqualTo(MayHaveRun.NO);
        assertThat(dispatched).isEmpty();
        assertThat(allEntries()).last().isInstanceOf(Released.class);
    }

    @Test
    void invoke_recordOlderThanTheRetention_isNotDispatched() {
        clock.advance(Duration.ofHours(25));

        assertThat(failure(invoker.invoke(call("{}"))).code()).isEqualTo(ErrorCode.TOO_OLD);
        assertThat(dispatched).isEmpty();
    }

    @Test
    void invoke_claimedByAWorkerThatIsGone_isInDoubtForGood() {
        MemoryEffectLog other = topic.ofAnotherWorker();
        server = CompletableFuture::new;
        var unused = on(other).invoke(call("{}", key("k")));
        topic.deliver();

        CompletableFuture<Answer> answer = invoker.invoke(call("{}", key("k")));
        topic.deliver();

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(answer::isDone);
        assertThat(failure(answer).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        topic.deliver();
        assertThat(failure(invoker.invoke(call("{}", key("k")))).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(dispatched).hasSize(1);
    }

    @Test
    void invoke_claimedByAWorkerThatLives_waitsForItsOutcome() {
        MemoryEffectLog other = topic.ofAnotherWorker();
        CompletableFuture<Answer> running = new CompletableFuture<>();
        server = () -> running;
        var unused = on(other).invoke(call("{}", key("k")));
        CompletableFuture<Answer> answer = invoker.invoke(call("{}", key("k")));
        topic.deliver();
        other.deliver(); // sees the other's claim, and says that it lives
        topic.deliver();
        Awaitility.await()
                .during(OnceCall.SIGN_OF_LIFE.plusMillis(500))
                .atMost(Duration.ofSeconds(30))
                .until(() -> !answer.isDone());

        running.complete(DONE);
        topic.deliver();

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(answer::isDone);
        assertThat(answer.join().result()).isEqualTo(DONE.result());
        assertThat(dispatched).hasSize(1);
    }

    @Test
    void invoke_lateCallThatRanBefore_isNotSaidToBeExpired() {
        invoker.invoke(call("{}", key("k"))).join();
        clock.advance(Duration.ofMinutes(10));

        assertThat(invoker.invoke(call("{}", key("k"))).join().result()).isEqualTo(DONE.result());
    }

    /** Meets the obligations of a call when it has ended, as who answers it does. */
    private Invoker on(MemoryEffectLog log) {
        Invoker claiming = claiming(log);
        return invocation -> claiming.invoke(invocation).whenComplete((answer, failure) -> {
            var unused = invocation.obligations().meet();
        });
    }

    private ClaimingInvoker claiming(MemoryEffectLog log) {
        return new ClaimingInvoker(
                invocation -> {
                    dispatched.add(invocation);
                    return server.get();
                },
                log.open(clock),
                PARTITIONS,
                Runnable::run,
                clock);
    }

    private Invocation call(String arguments, Header... headers) {
        return call(pay, arguments, headers);
    }

    private Invocation call(Tool tool, String arguments, Header... headers) {
        String value = "{\"server\":\"bank\",\"tool\":\"" + tool.name() + "\",\"arguments\":" + arguments + "}";
        InboundRecord record = Records.of(value, headers);
        return new Invocation(Records.call(value, headers), tool, new Origin(record, () -> isHeld, null));
    }

    private static Header key(String key) {
        return Records.header("idempotency-key", key);
    }

    private List<EffectEntry> allEntries() {
        List<EffectEntry> all = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            all.addAll(topic.entries(partition));
        }
        return all;
    }

    private static Failure failure(CompletableFuture<Answer> answer) {
        assertThat(answer).isCompletedExceptionally();
        Outcome outcome = answer.handle(Outcome::of).join();
        return ((Outcome.Failed) outcome).failure();
    }
}
