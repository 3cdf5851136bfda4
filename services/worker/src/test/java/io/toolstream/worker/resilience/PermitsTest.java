package io.toolstream.worker.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.BreakerSettings;
import io.toolstream.settings.Effect;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.MayHaveRun;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.Status;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.fixture.Records;
import io.toolstream.worker.fixture.ToolFixtures;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.EndpointId;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Whatever becomes of attempts, and in whichever order and on whichever thread, their permits come back. */
final class PermitsTest {
    private static final int CALLS_PER_THREAD = 500_000;
    private static final BreakerSettings SETTINGS = new BreakerSettings(
            3, Duration.ofMillis(10), 50, 80, Duration.ofSeconds(1), 20, Duration.ofMillis(10), 2, 3);

    private final Tool tool = ToolFixtures.tool("fs", "read", Effect.READ);
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final Breaker breaker = new Breaker(new EndpointId("fs", "fs"), SETTINGS, this::nanoTime, change -> {
        if (change.to() == BreakerState.OPEN) {
            opened.incrementAndGet();
        }
    });

    @Test
    void permits_aMillionMixedOutcomesWithCancels_inAreOut() throws InterruptedException {
        long seed = System.nanoTime();
        List<Thread> threads = List.of(thread(seed), thread(seed + 1));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(breaker.outstanding()).as("seed " + seed).isZero();
        assertThat(opened.get()).as("it opened now and then").isGreaterThan(10);
    }

    /** Goes on with each look: how often it opens depends on what happens, and not on how fast. */
    private long nanoTime() {
        return nanos.addAndGet(1_000);
    }

    private Thread thread(long seed) {
        return new Thread(() -> new Caller(new SplittableRandom(seed)).run());
    }

    /** Up to 16 attempts under way, ended in any order. */
    private final class Caller {
        private final SplittableRandom random;
        private final List<CompletableFuture<Answer>> running = new ArrayList<>();
        private final List<CompletableFuture<Void>> signals = new ArrayList<>();
        private final BreakingInvoker invoker;
        private final Invocation call = Records.invocation(tool);
        private CompletableFuture<Answer> next = new CompletableFuture<>();

        Caller(SplittableRandom random) {
            this.random = random;
            this.invoker = new BreakingInvoker(invocation -> next, breaker, SETTINGS.slow(), new ManualClock());
        }

        void run() {
            for (int i = 0; i < CALLS_PER_THREAD; i++) {
                begin();
                if (running.size() == 16) {
                    end(random.nextInt(running.size()));
                }
            }
            while (!running.isEmpty()) {
                end(0);
            }
        }

        private void begin() {
            next = new CompletableFuture<>();
            CompletableFuture<Void> signal = new CompletableFuture<>();
            var unused = invoker.invoke(call.cancelledBy(signal));
            running.add(next);
            signals.add(signal);
        }

        private void end(int which) {
            CompletableFuture<Answer> attempt = running.remove(which);
            CompletableFuture<Void> signal = signals.remove(which);
            switch (random.nextInt(12)) {
                case 0 -> attempt.completeExceptionally(failed(ErrorCode.TIMED_OUT));
                case 1 -> attempt.completeExceptionally(failed(ErrorCode.RATE_LIMITED));
                case 2 -> attempt.completeExceptionally(new OutOfMemoryError("as told"));
                case 3 -> signal.complete(null); // and the attempt never ends
                case 4 -> {
                    signal.complete(null);
                    attempt.completeExceptionally(failed(ErrorCode.CANCELLED));
                }
                case 5 -> attempt.cancel(true);
                default -> attempt.complete(new Answer(Status.OK, RawJson.ofText("{}"), 1));
            }
        }
    }

    private InvocationFailed failed(ErrorCode code) {
        return new InvocationFailed(Failure.afterAttempt(tool, code, "as told", MayHaveRun.MAYBE));
    }
}
