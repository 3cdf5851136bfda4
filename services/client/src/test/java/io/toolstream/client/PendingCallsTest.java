package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.client.PendingCall.Identity;
import io.toolstream.client.PendingCall.Wanted;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyIdentity;
import io.toolstream.wire.ServedBy;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PendingCallsTest {
    private static final Reply REPLY = new Reply(
            new ReplyIdentity("id", "c", null, null, null, null, null),
            Status.OK,
            null,
            null,
            1,
            new ServedBy("w", "none", null),
            new Timings(0, 0, 0),
            true);

    @Test
    void open_whenFull_isRefusedUntilAPlaceIsFree() {
        PendingCalls calls = calls(1, 0);
        PendingCall first = open(calls, "a").orElseThrow();

        assertThat(open(calls, "b")).isEmpty();
        first.future().complete(REPLY);

        assertThat(open(calls, "c")).isPresent();
        assertThat(calls.inFlight()).isEqualTo(1);
    }

    /** Such as the same answer to a question, sent by two threads. */
    @Test
    void open_underACorrelationIdThatIsWaitedFor_getsAnother() {
        PendingCalls calls = calls(2, 0);
        PendingCall first = open(calls, "a").orElseThrow();
        PendingCall second = open(calls, "a").orElseThrow();

        assertThat(first.identity().correlationId()).isEqualTo("a");
        assertThat(second.identity().correlationId()).isEqualTo("fresh");
        assertThat(second.future().correlationId()).isEqualTo("fresh");
        assertThat(calls.find("a")).contains(first);
        assertThat(calls.settle(first)).isTrue();
        assertThat(calls.settle(second)).isTrue();
        assertThat(calls.inFlight()).isZero();
    }

    @Test
    void withdraw_beforeTheSending_isTheCallsEnd_afterwardsItIsNot() {
        PendingCalls calls = calls(2, 0);
        PendingCall unsent = open(calls, "a").orElseThrow();
        assertThat(calls.withdraw("another")).isFalse();
        assertThat(calls.withdraw("id")).isTrue();
        assertThat(unsent.beginSending()).isFalse();
        assertThat(unsent.isSent()).isFalse();
        assertThat(unsent.future().join().status()).isEqualTo(Status.CANCELLED);
        assertThat(calls.inFlight()).isZero();

        PendingCall sent = open(calls, "b").orElseThrow();
        assertThat(sent.beginSending()).isTrue();
        assertThat(calls.withdraw("id")).isFalse();
        assertThat(sent.beginSending()).as("once more").isTrue();
        assertThat(sent.future()).isNotDone();
    }

    @Test
    void settle_twice_givesTheCallOnce() {
        PendingCalls calls = calls(2, 0);
        PendingCall call = open(calls, "a").orElseThrow();

        assertThat(calls.settle(call)).isTrue();
        assertThat(calls.settle(call)).isFalse();
        assertThat(calls.inFlight()).isZero();
    }

    @Test
    void settle_beforeCompletion_freesThePlaceForTheContinuation() {
        PendingCalls calls = calls(1, 0);
        PendingCall first = open(calls, "a").orElseThrow();
        CompletableFuture<Boolean> next =
                first.future().thenApply(reply -> open(calls, "b").isPresent());

        assertThat(calls.settle(first)).isTrue();
        first.future().complete(REPLY);

        assertThat(next).isCompletedWithValue(true);
    }

    @Test
    void cancel_byTheHolder_freesThePlaceAndTakesTheAlarmBack() {
        PendingCalls calls = calls(1, 0);
        AtomicInteger taken = new AtomicInteger();
        PendingCall call = open(calls, "a").orElseThrow();
        call.arm(taken::incrementAndGet);

        call.future().cancel(true);

        assertThat(calls.inFlight()).isZero();
        assertThat(taken).hasValue(1);
    }

    @Test
    void close_failsWhatWaitsAndWhatComesLater() {
        PendingCalls calls = calls(4, 0);
        PendingCall before = open(calls, "a").orElseThrow();

        calls.close();
        PendingCall after = open(calls, "b").orElseThrow();

        for (PendingCall call : List.of(before, after)) {
            assertThatThrownBy(call.future()::join).hasCauseInstanceOf(ClientClosed.class);
        }
        assertThat(calls.inFlight()).isZero();
    }

    /** What is counted is looked at by a thread of its own while places change hands as fast as they can. */
    @Test
    void inFlight_seenFromBeside_isNeverMoreThanThereArePlaces() throws Exception {
        PendingCalls calls = calls(2, 2);
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<IntSummaryStatistics> seen = threads.submit(() -> {
                IntSummaryStatistics counts = new IntSummaryStatistics();
                while (!isOver.get()) {
                    counts.accept(calls.inFlight());
                }
                counts.accept(calls.inFlight()); // however late this thread has come
                return counts;
            });
            Deque<PendingCall> under = new ArrayDeque<>();
            for (int i = 0; i < 100_000; i++) {
                open(calls, Integer.toString(i)).ifPresent(under::add);
                if (under.size() == 4) {
                    calls.settle(under.remove());
                }
            }
            isOver.set(true);

            assertThat(seen.get(30, TimeUnit.SECONDS).getMin()).isNotNegative();
            assertThat(seen.get().getMax()).isEqualTo(2);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Replies, duplicates, time-outs and cancellations at once: whatever comes first, each place comes back once. */
    @Test
    void table_underRandomEndings_isEmptyInTheEndAndEveryFutureIsDone() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int limit = 1 + random.nextInt(64);
        int waiting = random.nextInt(64);
        PendingCalls calls = calls(limit, waiting);
        List<CompletableFuture<Reply>> futures = new ArrayList<>();
        List<Future<?>> endings = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 5_000; i++) {
                String id = Integer.toString(i);
                Optional<PendingCall> opened = open(calls, id);
                assertThat(calls.inFlight()).as("seed %s", seed).isBetween(0, limit);
                if (opened.isPresent()) {
                    futures.add(opened.get().future());
                    for (int ending = random.nextInt(3); ending >= 0; ending--) {
                        endings.add(threads.submit(ending(random.nextInt(4), calls, opened.get())));
                    }
                }
            }
            for (Future<?> ending : endings) {
                ending.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(calls.inFlight()).as("seed %s", seed).isZero();
        assertThat(calls.waiting()).as("seed %s", seed).isZero();
        assertThat(futures).as("seed %s", seed).isNotEmpty().allMatch(CompletableFuture::isDone);
        assertThat(open(calls, "afterwards").orElseThrow().turn().hasCome()).isTrue();
    }

    private static Runnable ending(int kind, PendingCalls calls, PendingCall call) {
        return switch (kind) {
            case 0 ->
                () -> {
                    if (calls.settle(call)) {
                        call.future().complete(REPLY);
                    }
                };
            case 1 -> () -> calls.fail(call, () -> new CallTimedOut("late", true));
            case 2 -> () -> call.future().cancel(false);
            default -> () -> call.future().complete(REPLY);
        };
    }

    private static Optional<PendingCall> open(PendingCalls calls, String correlationId) {
        return calls.open(new Wanted(new Identity(correlationId, "id", null), ToolCall.of("fs", "read"), null));
    }

    private static PendingCalls calls(int inFlight, int waiting) {
        return new PendingCalls(
                new FlowLimits(inFlight, waiting),
                id -> CompletableFuture.completedFuture(null),
                () -> "fresh",
                System::nanoTime);
    }
}
