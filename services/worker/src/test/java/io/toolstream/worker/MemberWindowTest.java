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

        CompletableFuture<Void> done = MemberWindow.run(100_000, new CallSlots(4), Runnable::run, index -> {
            started.add(index);
            return CompletableFuture.completedFuture(null);
        });

        assertThat(done).isCompleted();
        assertThat(started).hasSize(100_000).isSorted();
    }

    @Test
    void run_startsNoMoreThanFit() {
        Queue<CompletableFuture<Void>> running = new ArrayDeque<>();

        CompletableFuture<Void> done = MemberWindow.run(10, new CallSlots(3), Runnable::run, index -> {
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
    void run_manyMembers_startsNoMoreThanTheWidth() {
        AtomicInteger started = new AtomicInteger();

        CompletableFuture<Void> done = MemberWindow.run(1_000, new CallSlots(1_000), Runnable::run, index -> {
            started.incrementAndGet();
            return new CompletableFuture<>();
        });

        assertThat(done).isNotDone();
        assertThat(started).hasValue(MemberWindow.WIDTH);
    }

    @Test
    void run_severalBatches_shareTheSlots() {
        CallSlots slots = new CallSlots(5);
        Queue<CompletableFuture<Void>> running = new ArrayDeque<>();
        List<CompletableFuture<Void>> batches = new ArrayList<>();
        for (int batch = 0; batch < 4; batch++) {
            batches.add(MemberWindow.run(10, slots, Runnable::run, index -> {
                CompletableFuture<Void> member = new CompletableFuture<>();
                running.add(member);
                return member;
            }));
        }

        for (int ended = 0; ended < 40; ended++) {
            assertThat(running).hasSize(Math.min(5, 40 - ended));
            running.remove().complete(null);
        }
        assertThat(batches).allMatch(CompletableFuture::isDone);
    }

    @Test
    void run_ofNothing_completes() {
        assertThat(MemberWindow.run(0, new CallSlots(3), Runnable::run, index -> new CompletableFuture<>()))
                .isCompleted();
    }

    @Test
    void run_memberThatFails_failsAndStartsNoMore() {
        AtomicInteger started = new AtomicInteger();

        CompletableFuture<Void> done = MemberWindow.run(10, new CallSlots(1), Runnable::run, index -> {
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
        assertThat(MemberWindow.run(2, new CallSlots(1), Runnable::run, index -> {
                    throw new IllegalStateException();
                }))
                .isCompletedExceptionally();
    }

    @RepeatedTest(20)
    void run_onManyThreads_runsEachOnceAndKeepsTheBound() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int size = random.nextInt(1, 2_000);
        int width = random.nextInt(1, 2 * MemberWindow.WIDTH);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        try {
            MemberWindow.run(size, new CallSlots(width), threads, index -> {
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
            assertThat(most.get()).as("seed %s", seed).isLessThanOrEqualTo(Math.min(width, MemberWindow.WIDTH));
        } finally {
            threads.shutdown();
        }
    }
}
