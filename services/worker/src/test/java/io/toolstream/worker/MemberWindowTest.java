package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class MemberWindowTest {
    @Test
    void run_membersThatEndAtOnce_costNoStack() {
        List<Integer> started = new ArrayList<>();

        CompletableFuture<Void> done = MemberWindow.run(100_000, 4, index -> {
            started.add(index);
            return CompletableFuture.completedFuture(null);
        });

        assertThat(done).isCompleted();
        assertThat(started).hasSize(100_000).isSorted();
    }

    @Test
    void run_startsNoMoreThanFit() {
        Queue<CompletableFuture<Void>> running = new ArrayDeque<>();

        CompletableFuture<Void> done = MemberWindow.run(10, 3, index -> {
            CompletableFuture<Void> member = new CompletableFuture<>();
            running.add(member);
            return member;
        });

        assertThat(running).hasSize(3);
        for (int ended = 0; ended < 10; ended++) {
            assertThat(done).isNotDone();
            running.remove().complete(null);
        }
        assertThat(done).isCompleted();
    }

    @Test
    void run_ofNothing_completes() {
        assertThat(MemberWindow.run(0, 3, index -> new CompletableFuture<>())).isCompleted();
    }

    @Test
    void run_memberThatFails_failsAndStartsNoMore() {
        AtomicInteger started = new AtomicInteger();

        CompletableFuture<Void> done = MemberWindow.run(10, 1, index -> {
            started.incrementAndGet();
            return index == 3
                    ? CompletableFuture.failedFuture(new IllegalStateException())
                    : CompletableFuture.completedFuture(null);
        });

        assertThat(done).isCompletedExceptionally();
        assertThat(started).hasValue(4);
    }

    @Test
    void run_memberThatThrows_fails() {
        assertThat(MemberWindow.run(2, 1, index -> {
                    throw new IllegalStateException();
                }))
                .isCompletedExceptionally();
    }

    @RepeatedTest(20)
    void run_onManyThreads_runsEachOnceAndKeepsTheBound() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int size = random.nextInt(1, 2_000);
        int width = random.nextInt(1, 40);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        try {
            MemberWindow.run(size, width, index -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        return CompletableFuture.runAsync(
                                () -> {
                                    ran.incrementAndGet();
                                    running.decrementAndGet();
                                },
                                threads);
                    })
                    .join();

            assertThat(ran).as("seed %s", seed).hasValue(size);
            assertThat(most.get()).as("seed %s", seed).isLessThanOrEqualTo(width);
        } finally {
            threads.shutdown();
        }
    }
}
