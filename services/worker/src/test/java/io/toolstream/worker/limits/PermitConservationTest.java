package io.toolstream.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.toolstream.wire.ErrorCode;
import io.toolstream.worker.invoke.Answer;
import io.toolstream.worker.invoke.Capacity;
import io.toolstream.worker.invoke.Failure;
import io.toolstream.worker.invoke.Invocation;
import io.toolstream.worker.invoke.InvocationFailed;
import io.toolstream.worker.invoke.Invoker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A million attempts on many threads that end in all ways there are: as many permits come back as were given. */
final class PermitConservationTest {
    private static final int THREADS = 4;
    private static final int CALLS = 250_000;
    private static final int PERMITS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 2);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final WorkerSlots slots = new WorkerSlots(200, PERMITS);
    private final ServerPermits permits = new ServerPermits(
            "fs",
            Calls.limit(PERMITS, 64, Duration.ofSeconds(60)),
            Capacity.SHARED,
            slots,
            Clockwork.system(InstantSource.fixed(Instant.ofEpochMilli(0)), timer, threads),
            LimitObserver.NONE);
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final LongAdder attempts = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final ConcurrentLinkedQueue<CompletableFuture<Answer>> late = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        timer.shutdownNow();
        threads.shutdownNow();
    }

    @Test
    @Timeout(300)
    void permits_afterAMillionMixedEndings_areAllBack() throws Exception {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        Invoker invoker = new LimitingInvoker(this::attempt, permits);
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom own = random.split();
            callers.add(threads.submit(() -> call(invoker, own)));
        }
        for (Future<?> caller : callers) {
            caller.get(200, TimeUnit.SECONDS);
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            answerAll(); // those who still wait begin on a thread of the alarm's, now and then
            assertThat(ended.sum()).as("seed %d", seed).isEqualTo((long) THREADS * CALLS);
        });

        assertThat(permits.state()).as("seed %d", seed).isEqualTo(new LimitState(PERMITS, 0, 0, false));
        assertThat(slots.held()).isZero();
        assertThat(slots.running()).isZero();
        assertThat(atOnce).hasValue(0);
        assertThat(mostAtOnce.get()).isLessThanOrEqualTo(PERMITS);
        assertThat(attempts.sum()).as("of %d calls", THREADS * CALLS).isGreaterThan(CALLS);
    }

    private void answerAll() {
        for (CompletableFuture<Answer> last = late.poll(); last != null; last = late.poll()) {
            last.complete(Tools.ANSWER);
        }
    }

    private void call(Invoker invoker, SplittableRandom random) {
        for (int i = 0; i < CALLS; i++) {
            Invocation invocation = Calls.any();
            boolean isEarly = random.nextInt(20) == 0;
            if (isEarly) {
                invocation.cancelled().complete(null);
            }
            var unused = invoker.invoke(invocation).whenComplete((answer, thrown) -> ended.increment());
            if (random.nextInt(4) == 0) {
                invocation.cancelled().complete(null);
            }
            CompletableFuture<Answer> other = random.nextInt(3) == 0 ? null : late.poll();
            if (other != null && random.nextBoolean()) {
                other.complete(Tools.ANSWER);
            } else if (other != null) {
                other.completeExceptionally(new InvocationFailed(Failure.bug()));
            }
        }
    }

    private CompletableFuture<Answer> attempt(Invocation invocation) {
        attempts.increment();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        int kind = (int) (System.nanoTime() & 7);
        if (kind == 0) {
            atOnce.decrementAndGet();
            throw new IllegalStateException("a bug");
        }
        if (kind == 1) {
            atOnce.decrementAndGet();
            return CompletableFuture.completedFuture(Tools.ANSWER);
        }
        if (kind == 2) {
            atOnce.decrementAndGet();
            return InvocationFailed.stage(Failure.beforeDispatch(ErrorCode.CONNECT_FAILED, "as told"));
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        CompletableFuture<Answer> watched = answer.whenComplete((ignored, thrown) -> atOnce.decrementAndGet());
        late.add(answer);
        return watched;
    }
}
