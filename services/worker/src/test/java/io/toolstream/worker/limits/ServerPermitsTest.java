package io.toolstream.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.Priority;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.Invoker;
import io.toolstream.worker.invoke.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ServerPermitsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Simulation simulation = new Simulation();

    @Test
    void invoke_whileAllPermitsAreTaken_waitsForOne() {
        Tools tools = Tools.hanging(simulation);
        Limited limited = new Limited(simulation, tools, Calls.limit(2, 10, LONG));
        List<CompletableFuture<Answer>> calls = limited.invoke(3);

        assertThat(tools.asked).hasSize(2);
        assertThat(limited.permits.state()).isEqualTo(new LimitState(2, 2, 1, false));
        simulation.run(Duration.ofMillis(30));
        tools.answerFirst();

        assertThat(calls.get(0)).isCompletedWithValue(Tools.ANSWER);
        assertThat(tools.asked).hasSize(3);
        assertThat(tools.asked.get(2).trail().waited()).hasMillis(30);
    }

    @Test
    void invoke_whileTheRoomIsFull_isRefusedAtOnce() {
        Limited limited = new Limited(simulation, Tools.hanging(simulation), Calls.limit(2, 3, LONG));
        limited.invoke(5);

        Failure refusal = failure(limited.invoke(Calls.any()));

        assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(refusal.mayHaveRun()).isEqualTo(MayHaveRun.NO);
        assertThat(refusal.attempts()).isZero();
        assertThat(refusal.isRetryable()).isTrue();
        assertThat(refusal.retryAfter()).isPositive();
        assertThat(limited.slots.held()).isEqualTo(5);
    }

    /** Not a guess: a call that is sent again after that time finds the room as it was told. */
    @Test
    void retryAfter_isHowLongTheRoomTakesToEmpty() {
        Tools tools = Tools.taking(simulation, Duration.ofMillis(50));
        Limited limited = new Limited(simulation, tools, Calls.limit(4, 100, LONG));
        limited.feed(Duration.ofSeconds(5), Duration.ofMillis(5));

        Failure refusal = failure(limited.invoke(5).get(4));
        int waiting = limited.permits.state().waiting();
        simulation.run(Objects.requireNonNull(refusal.retryAfter()));

        assertThat(waiting).isEqualTo(100);
        assertThat(limited.permits.state().waiting()).isLessThan(10);
        assertThat(refusal.retryAfter()).isBetween(Duration.ofMillis(1_000), Duration.ofMillis(1_600));
    }

    @Test
    void wait_longerThanTheLimit_endsInARefusal() {
        Limited limited = new Limited(simulation, Tools.hanging(simulation), Calls.limit(1, 10, Duration.ofSeconds(5)));
        List<CompletableFuture<Answer>> calls = limited.invoke(2);

        simulation.run(Duration.ofMillis(4_999));
        assertThat(calls.get(1)).isNotDone();
        simulation.run(Duration.ofMillis(1));

        assertThat(failure(calls.get(1)).code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(limited.slots.held()).isEqualTo(1);
    }

    @Test
    void wait_pastTheDeadline_isExpiredAndNeverDispatched() {
        Tools tools = Tools.hanging(simulation);
        Limited limited = new Limited(simulation, tools, Calls.limit(1, 10, LONG));
        limited.invoke(1);
        CompletableFuture<Answer> hasty = limited.invoke(Calls.due(Duration.ofMillis(200)));

        simulation.run(Duration.ofMillis(200));
        tools.answerFirst();

        assertThat(failure(hasty).code()).isEqualTo(ErrorCode.DEADLINE_PASSED);
        assertThat(tools.asked).hasSize(1);
    }

    /** What takes 50 ms at its best is not begun 40 ms before its deadline, and does not wait for that either. */
    @Test
    void wait_forACallThatCanNotMakeItsDeadlineAnyMore_ends() {
        Tools tools = Tools.taking(simulation, Duration.ofMillis(50));
        Limited limited = new Limited(simulation, tools, Calls.limit(2, 100, LONG));
        limited.feed(Duration.ofSeconds(4), Duration.ofMillis(20));
        limited.invoke(40);
        int asked = tools.asked.size();

        Duration deadline = simulation.now().plusMillis(500);
        Failure hopeless = failure(limited.invoke(Calls.due(deadline)));

        assertThat(hopeless.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(hopeless.message()).contains("too late");
        assertThat(tools.asked).hasSize(asked);
    }

    @Test
    void cancel_whileItWaits_leavesTheRoom() {
        Tools tools = Tools.hanging(simulation);
        Limited limited = new Limited(simulation, tools, Calls.limit(1, 10, LONG));
        limited.invoke(1);
        Invocation unwanted = Calls.any();
        CompletableFuture<Answer> call = limited.invoke(unwanted);

        unwanted.cancelled().complete(null);

        assertThat(failure(call).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(limited.permits.state().waiting()).isZero();
        assertThat(limited.slots.held()).isEqualTo(1);
    }

    @Test
    void dismiss_sendsAwayWhoWaits_andNobodyElse() {
        Tools tools = Tools.hanging(simulation);
        Limited limited = new Limited(simulation, tools, Calls.limit(2, 10, LONG));
        List<CompletableFuture<Answer>> calls = limited.invoke(5);

        limited.permits.dismiss(Failure.beforeDispatch(ErrorCode.BREAKER_OPEN, "as told"));

        assertThat(calls.subList(0, 2)).noneMatch(CompletableFuture::isDone);
        assertThat(calls.subList(2, 5))
                .allSatisfy(call -> assertThat(failure(call).code()).isEqualTo(ErrorCode.BREAKER_OPEN));
        assertThat(limited.slots.held()).isEqualTo(2);
    }

    @Test
    void invoke_ofACancelledCall_takesNoPermit() {
        Limited limited = new Limited(simulation, Tools.hanging(simulation), Calls.limit(1, 10, LONG));
        Invocation unwanted = Calls.any();
        unwanted.cancelled().complete(null);

        assertThat(failure(limited.invoke(unwanted)).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(limited.permits.state().inUse()).isZero();
    }

    @Test
    void rateLimit_holdsTheServerUntilItMayBeAskedAgain() {
        Tools tools = Tools.hanging(simulation);
        Limited limited = new Limited(simulation, tools, Calls.limit(2, 10, LONG));
        limited.invoke(3);
        tools.failFirst(Tools.rateLimited(Duration.ofSeconds(7)));
        tools.answerFirst();

        CompletableFuture<Answer> patient = limited.invoke(Calls.any());
        Failure refused = failure(limited.invoke(Calls.due(Duration.ofSeconds(6))));
        simulation.run(Duration.ofMillis(6_999));
        int whileHeld = tools.asked.size();
        simulation.run(Duration.ofMillis(1));

        assertThat(whileHeld).isEqualTo(2);
        assertThat(tools.asked).hasSize(4);
        assertThat(patient).isNotDone();
        assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refused.retryAfter()).hasSeconds(7);
    }

    @Test
    void rateLimit_ofADay_holdsForAMinute() {
        Tools tools = Tools.hanging(simulation);
        Limited limited = new Limited(simulation, tools, Calls.limit(1, 10, Duration.ofMinutes(2)));
        limited.invoke(2);
        tools.failFirst(Tools.rateLimited(Duration.ofDays(1)));

        simulation.run(Duration.ofSeconds(60));

        assertThat(tools.asked).hasSize(2);
    }

    /** A server that stops answering fills its own room only until it is plain that nobody there will be served in time. */
    @Test
    void hang_afterAWhile_refusesAtOnceWhomItCouldNotServe() {
        Tools tools = Tools.taking(
                simulation, () -> simulation.now().toSeconds() < 5 ? Duration.ofMillis(50) : Duration.ofHours(1));
        Limited limited = new Limited(simulation, tools, Calls.limit(10, 500, Duration.ofSeconds(5)));
        limited.feed(Duration.ofSeconds(5), Duration.ofMillis(5));

        limited.feed(Duration.ofSeconds(10), Duration.ofMillis(5));

        assertThat(limited.permits.state().waiting()).isLessThan(20);
    }

    /** All that wait are served on one stack, however many there are. */
    @Test
    void release_ofManyWaitingCallsThatEndAtOnce_needsNoStack() {
        CompletableFuture<Answer> gate = new CompletableFuture<>();
        Invoker instant = invocation -> gate.isDone() ? CompletableFuture.completedFuture(Tools.ANSWER) : gate;
        Limited limited = new Limited(simulation, instant, Calls.limit(1, 100_000, LONG));
        List<CompletableFuture<Answer>> calls = limited.invoke(50_000);

        gate.complete(Tools.ANSWER);

        assertThat(calls).allMatch(call -> !call.isCompletedExceptionally() && call.isDone());
        assertThat(limited.slots.held()).isZero();
    }

    /** Neither at first, when nothing is known of the server, nor later. */
    @Test
    void burst_atAServerThatIsQuick_isRefusedNothing_thoughThereAreOthers() {
        WorkerSlots slots = new WorkerSlots(500, 500);
        slots.share("another");
        Limited limited = new Limited(
                simulation, Tools.taking(simulation, Duration.ofMillis(10)), Calls.limit(10, 500, LONG), slots);

        List<CompletableFuture<Answer>> calls = new ArrayList<>(limited.invoke(500));
        simulation.run(Duration.ofMillis(300));
        calls.addAll(limited.invoke(300));
        simulation.run(Duration.ofSeconds(2));

        assertThat(calls).allMatch(call -> call.isDone() && !call.isCompletedExceptionally());
    }

    @Test
    void places_ofSeveralServers_areNotAllTakenForLongByThoseThatHang() {
        WorkerSlots slots = new WorkerSlots(500, 500);
        slots.share("another");
        for (int hanging = 1; hanging <= 4; hanging++) {
            new Limited(simulation, Tools.hanging(simulation), Calls.limit(10, 500, LONG), slots)
                    .invoke(500 - slots.held());
            simulation.run(Duration.ofMillis(2_100));

            int free = 500 - slots.held();
            assertThat(free).as("beside %d that hang", hanging).isGreaterThanOrEqualTo(500 / (1 << hanging) - 1);
        }
    }

    @Test
    void places_ofTheOnlyServer_areAllItsOwn() {
        WorkerSlots slots = new WorkerSlots(100, 100);
        new Limited(simulation, Tools.hanging(simulation), Calls.limit(10, 500, LONG), slots).invoke(100);

        assertThat(slots.held()).isEqualTo(100);
    }

    @Test
    void attempts_ofAllServersTogether_areLimited_andNobodyIsForgotten() {
        WorkerSlots slots = new WorkerSlots(1_000, 3);
        Tools tools = Tools.taking(simulation, Duration.ofMillis(10));
        Limited one = new Limited(simulation, tools, Calls.limit(3, 100, LONG), slots);
        Limited other = new Limited(simulation, tools, Calls.limit(3, 100, LONG), slots);
        List<CompletableFuture<Answer>> calls = new ArrayList<>(one.invoke(30));
        calls.addAll(other.invoke(30));
        Invocation unwanted = Calls.any();
        one.send(unwanted);
        unwanted.cancelled().complete(null);

        simulation.run(Duration.ofMillis(100));
        long half =
                calls.subList(30, 60).stream().filter(CompletableFuture::isDone).count();
        simulation.run(Duration.ofSeconds(1));

        assertThat(half).isBetween(10L, 20L);
        assertThat(calls).allMatch(CompletableFuture::isDone);
        assertThat(tools.mostAtOnce).isEqualTo(3);
        assertThat(slots.running()).isZero();
        assertThat(slots.held()).isZero();
    }

    /** The flood gets what is left over; it neither delays nor displaces the other. */
    @Test
    void flood_ofOneTenant_leavesTheOtherHisHalf() {
        Tools tools = Tools.taking(simulation, Duration.ofMillis(50));
        Limited limited = new Limited(simulation, tools, Calls.limit(10, 100, Duration.ofSeconds(5)));
        List<CompletableFuture<Answer>> quiet = new ArrayList<>();
        for (int tick = 0; tick < 1_000; tick++) {
            IntStream.range(0, 6).forEach(i -> limited.send(Calls.of(Priority.INTERACTIVE, "loud")));
            quiet.add(limited.invoke(Calls.of(Priority.INTERACTIVE, "quiet")));
            simulation.run(Duration.ofMillis(10));
        }
        simulation.run(Duration.ofSeconds(5));

        assertThat(quiet).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(tools.asked.stream()
                        .filter(asked -> "quiet".equals(asked.call().context().tenant()))
                        .map(asked -> asked.trail().waited()))
                .allMatch(waited -> waited.toMillis() < 200);
    }

    /** Three times what it can do, for two minutes: as much is answered as it can do, and afterwards all is as before. */
    @Test
    void overload_costsNoCapacity() {
        Tools tools = Tools.taking(simulation, Duration.ofMillis(50));
        Limited limited = new Limited(simulation, tools, Calls.limit(10, 500, Duration.ofSeconds(5)));

        List<CompletableFuture<Answer>> calls = limited.feed(Duration.ofMinutes(2), Duration.ofNanos(1_666_667));

        long answered = calls.stream()
                .filter(call -> call.isDone() && !call.isCompletedExceptionally())
                .count();
        assertThat(answered).isGreaterThan(Math.round(120 * 200 * 0.99));
        simulation.run(Duration.ofSeconds(5));
        assertThat(limited.permits.state()).isEqualTo(new LimitState(10, 0, 0, false));
        assertThat(limited.slots.held()).isZero();
        limited.send(Calls.any());
        assertThat(tools.atOnce).isEqualTo(1);
    }

    private static Failure failure(CompletableFuture<Answer> call) {
        assertThat(call).isCompletedExceptionally();
        Outcome outcome = call.handle(Outcome::of).join();
        return ((Outcome.Failed) outcome).failure();
    }
}
