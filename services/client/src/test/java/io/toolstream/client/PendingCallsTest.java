package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.client.PendingCall.Identity;
import io.toolstream.wire.Reply;
import io.toolstream.wire.ReplyIdentity;
import io.toolstream.wire.ServedBy;
import io.toolstream.wire.Status;
import io.toolstream.wire.Timings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
        PendingCalls calls = new PendingCalls(1);
        PendingCall first = open(calls, "a").orElseThrow();

        assertThat(open(calls, "b")).isEmpty();
        first.future().complete(REPLY);

        assertThat(open(calls, "c")).isPresent();
        assertThat(calls.size()).isEqualTo(1);
    }

    @Test
    void settle_twice_givesTheCallOnce() {
        PendingCalls calls = new PendingCalls(2);
        open(calls, "a");

        assertThat(calls.settle("a")).isPresent();
        assertThat(calls.settle("a")).isEmpty();
        assertThat(calls.size()).isZero();
    }

    @Test
    void settle_beforeCompletion_freesThePlaceForTheContinuation() {
        PendingCalls calls = new PendingCalls(1);
        PendingCall first = open(calls, "a").orElseThrow();
        CompletableFuture<Boolean> next =
                first.future().thenApply(reply -> open(calls, "b").isPresent());

        calls.settle("a").orElseThrow().future().complete(REPLY);

        assertThat(next).isCompletedWithValue(true);
    }

    @Test
    void cancel_byTheHolder_freesThePlaceAndTakesTheAlarmBack() {
        PendingCalls calls = new PendingCalls(1);
        AtomicInteger taken = new AtomicInteger();
        PendingCall call = open(calls, "a").orElseThrow();
        call.arm(taken::incrementAndGet);

        call.future().cancel(true);

        assertThat(calls.size()).isZero();
        assertThat(taken).hasValue(1);
    }

    @Test
    void close_failsWhatWaitsAndWhatComesLater() {
        PendingCalls calls = new PendingCalls(4);
        PendingCall before = open(calls, "a").orElseThrow();

        calls.close();
        PendingCall after = open(calls, "b").orElseThrow();

        for (PendingCall call : List.of(before, after)) {
            assertThatThrownBy(call.future()::join).hasCauseInstanceOf(ClientClosed.class);
        }
        assertThat(calls.size()).isZero();
    }

    /** Replies, duplicates, time-outs and cancellations at once: whatever comes first, each place comes back once. */
    @Test
    void table_underRandomEndings_isEmptyInTheEndAndEveryFutureIsDone() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int limit = 1 + random.nextInt(64);
        PendingCalls calls = new PendingCalls(limit);
        List<CompletableFuture<Reply>> futures = new ArrayList<>();
        List<Future<?>> endings = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 5_000; i++) {
                String id = Integer.toString(i);
                Optional<PendingCall> opened = open(calls, id);
                assertThat(calls.size()).as("seed %s", seed).isBetween(0, limit);
                if (opened.isPresent()) {
                    futures.add(opened.get().future());
                    for (int ending = random.nextInt(3); ending >= 0; ending--) {
                        endings.add(threads.submit(ending(random.nextInt(4), calls, opened.get(), id)));
                    }
                }
            }
            for (Future<?> ending : endings) {
                ending.get(10, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(calls.size()).as("seed %s", seed).isZero();
        assertThat(futures).as("seed %s", seed).isNotEmpty().allMatch(CompletableFuture::isDone);
    }

    private static Runnable ending(int kind, PendingCalls calls, PendingCall call, String id) {
        return switch (kind) {
            case 0 -> () -> calls.settle(id).ifPresent(mine -> mine.future().complete(REPLY));
            case 1 -> () -> calls.fail(call, () -> new CallTimedOut("late"));
            case 2 -> () -> call.future().cancel(false);
            default -> () -> call.future().complete(REPLY);
        };
    }

    private static Optional<PendingCall> open(PendingCalls calls, String correlationId) {
        return calls.open(new Identity(correlationId, "id", null), update -> {});
    }
}
