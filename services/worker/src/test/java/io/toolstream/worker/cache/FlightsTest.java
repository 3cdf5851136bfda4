package io.toolstream.worker.cache;

import static io.toolstream.worker.cache.CacheFixture.ON;
import static io.toolstream.worker.cache.CacheFixture.answer;
import static io.toolstream.worker.cache.CacheFixture.call;
import static io.toolstream.worker.cache.CacheFixture.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.Records;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Equal calls at the same time. */
final class FlightsTest {
    private static final Tool READ = tool(ON);

    private final CacheFixture cache = new CacheFixture();
    private final List<CompletableFuture<Answer>> executions = new ArrayList<>();
    private final CompletableFuture<Void> never = new CompletableFuture<>();

    FlightsTest() {
        cache.server = invocation -> {
            CompletableFuture<Answer> execution = new CompletableFuture<>();
            executions.add(execution);
            var unused =
                    invocation.cancelled().thenRun(() -> execution.completeExceptionally(failed(ErrorCode.CANCELLED)));
            return execution;
        };
    }

    @Test
    void equalCalls_areExecutedOnce_andAllAnswered() {
        Invocation first = call(READ, "{}");
        Invocation second = call(READ, "{}");
        CompletableFuture<Answer> one = cache.invoker.invoke(first);
        CompletableFuture<Answer> two = cache.invoker.invoke(second);
        CompletableFuture<Answer> other = cache.invoker.invoke(call(READ, "{\"a\":1}"));

        executions.get(0).complete(answer(1));

        assertThat(one).isCompletedWithValue(answer(1));
        assertThat(two).isCompletedWithValue(new Answer(Status.OK, answer(1).result(), 0));
        assertThat(first.trail().cache()).isEqualTo(CacheTier.NONE);
        assertThat(second.trail().cache()).isEqualTo(CacheTier.COALESCED);
        assertThat(other).isNotDone();
        assertThat(executions).hasSize(2);
        assertThat(cache.events).containsExactly(CacheEvent.MISS, CacheEvent.COALESCED);
    }

    @Test
    void aFailureOfTheServer_isForAllOfThem() {
        List<CompletableFuture<Answer>> calls = Stream.generate(() -> cache.invoker.invoke(call(READ, "{}")))
                .limit(3)
                .toList();

        executions.get(0).completeExceptionally(failed(ErrorCode.CONNECTION_LOST));

        assertThat(calls.stream().map(FlightsTest::failure).map(Failure::code)).containsOnly(ErrorCode.CONNECTION_LOST);
        assertThat(calls.stream().map(FlightsTest::failure).map(Failure::attempts))
                .containsExactly(1, 0, 0);
        assertThat(executions).hasSize(1);
    }

    @Test
    void aFirstCallerThatCancels_doesNotEndTheOthers() {
        CompletableFuture<Void> cancel = new CompletableFuture<>();
        CompletableFuture<Answer> first = cache.invoker.invoke(call(READ, "{}").cancelledBy(cancel));
        CompletableFuture<Answer> second = cache.invoker.invoke(call(READ, "{}"));

        cancel.complete(null);

        assertThat(failure(first).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(second).isNotDone();
        executions.get(0).complete(answer(1));
        assertThat(second).isCompleted();
        assertThat(executions).hasSize(1);
    }

    @Test
    void aPassengerThatCancels_endsAlone() {
        CompletableFuture<Void> cancel = new CompletableFuture<>();
        CompletableFuture<Answer> first = cache.invoker.invoke(call(READ, "{}"));
        CompletableFuture<Answer> second = cache.invoker.invoke(call(READ, "{}").cancelledBy(cancel));

        cancel.complete(null);

        assertThat(failure(second).code()).isEqualTo(ErrorCode.CANCELLED);
        executions.get(0).complete(answer(1));
        assertThat(first).isCompletedWithValue(answer(1));
    }

    @Test
    void whenAllCancel_soIsTheExecution_andTheNextCallIsExecutedAfresh() {
        CompletableFuture<Void> cancel = new CompletableFuture<>();
        CompletableFuture<Answer> first = cache.invoker.invoke(call(READ, "{}").cancelledBy(cancel));
        CompletableFuture<Answer> second = cache.invoker.invoke(call(READ, "{}").cancelledBy(cancel));

        cancel.complete(null);

        assertThat(executions.get(0)).isCompletedExceptionally();
        assertThat(failure(first).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(failure(second).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(cache.invoker.invoke(call(READ, "{}"))).isNotDone();
        assertThat(executions).hasSize(2);
    }

    @Test
    void aFirstCallerWhoseTimeIsOver_leavesTheFlightToTheOneWithMostTime() {
        CompletableFuture<Answer> first = cache.invoker.invoke(until(Duration.ofSeconds(1)));
        CompletableFuture<Answer> second = cache.invoker.invoke(until(Duration.ofSeconds(60)));
        Invocation longest = until(Duration.ofSeconds(90));
        CompletableFuture<Answer> third = cache.invoker.invoke(longest);

        cache.advance(Duration.ofSeconds(1));
        executions.get(0).completeExceptionally(failed(ErrorCode.TIMED_OUT));

        assertThat(failure(first).code()).isEqualTo(ErrorCode.TIMED_OUT);
        assertThat(cache.asked).last().extracting(Invocation::call).isEqualTo(longest.call());
        executions.get(1).complete(answer(2));
        assertThat(second).isCompleted();
        assertThat(third).isCompletedWithValue(answer(2));
    }

    @Test
    void aPassengerWhoseTimeIsOver_endsAlone() {
        CompletableFuture<Answer> first = cache.invoker.invoke(until(Duration.ofMinutes(1)));
        CompletableFuture<Answer> hasty = cache.invoker.invoke(until(Duration.ofMillis(20)));

        await().atMost(30, TimeUnit.SECONDS).until(hasty::isDone);

        assertThat(failure(hasty).code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
        executions.get(0).complete(answer(1));
        assertThat(first).isCompleted();
    }

    @Test
    void aQuestionOfTheTool_isForTheOneWhoAskedFirst() {
        CompletableFuture<Answer> first = cache.invoker.invoke(call(READ, "{}"));
        CompletableFuture<Answer> second = cache.invoker.invoke(call(READ, "{}"));

        executions.get(0).complete(new Answer(Status.INPUT_REQUIRED, RawJson.EMPTY_OBJECT, 1));

        assertThat(first.join().status()).isEqualTo(Status.INPUT_REQUIRED);
        assertThat(second).isNotDone();
        executions.get(1).complete(answer(2));
        assertThat(second).isCompletedWithValue(answer(2));
    }

    @Test
    void manyPassengersWhoseExecutionsFailAtOnce_areNoDeepStack() {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CacheFixture busy = new CacheFixture(threads);
            CompletableFuture<Answer> gate = new CompletableFuture<>();
            busy.server = invocation -> busy.asked.size() == 1
                    ? gate
                    : CompletableFuture.completedFuture(new Answer(Status.INPUT_REQUIRED, RawJson.EMPTY_OBJECT, 1));
            List<CompletableFuture<Answer>> calls = IntStream.range(0, 10_000)
                    .mapToObj(i -> busy.invoker.invoke(call(READ, "{}")))
                    .toList();

            gate.complete(new Answer(Status.INPUT_REQUIRED, RawJson.EMPTY_OBJECT, 1));

            await().atMost(60, TimeUnit.SECONDS).until(() -> calls.stream().allMatch(CompletableFuture::isDone));
            assertThat(busy.asked).hasSize(10_000);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void tenThousandEqualCallsFromManyThreads_areExecutedOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CacheFixture busy = new CacheFixture(threads);
            AtomicInteger executed = new AtomicInteger();
            busy.server = invocation -> CompletableFuture.supplyAsync(
                    () -> answer(executed.incrementAndGet()),
                    CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
            List<CompletableFuture<Answer>> calls = IntStream.range(0, 10_000)
                    .mapToObj(i -> CompletableFuture.completedFuture(call(READ, "{}"))
                            .thenComposeAsync(busy.invoker::invoke, threads))
                    .toList();

            assertThat(calls.stream().map(call -> call.join().result()))
                    .containsOnly(answer(1).result());
            assertThat(executed).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private Invocation until(Duration timeout) {
        return new Invocation(
                        Records.call(
                                "{\"server\":\"files\",\"tool\":\"read\",\"timeoutMs\":" + timeout.toMillis() + "}"),
                        READ,
                        Records.origin())
                .cancelledBy(never);
    }

    private static InvocationFailed failed(ErrorCode code) {
        return new InvocationFailed(new Failure(code, "as told", MayHaveRun.MAYBE, true, 1, null));
    }

    private static Failure failure(CompletableFuture<Answer> call) {
        return ((Outcome.Failed) call.handle(Outcome::of).getNow(null)).failure();
    }
}
