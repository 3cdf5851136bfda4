package io.toolstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ThreadsTest {
    @Test
    void daemons_areNumberedAndLetTheProcessEnd() {
        ThreadFactory factory = Threads.daemons("x");

        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("x-0");
        assertThat(factory.newThread(() -> {})).returns("x-1", Thread::getName).returns(true, Thread::isDaemon);
        assertThat(Threads.users("y").newThread(() -> {}).isDaemon()).isFalse();
    }

    @Test
    void callPool_hasAThreadPerCoreAndNoMore() throws Exception {
        ExecutorService pool = Threads.callPool(2);
        CountDownLatch both = new CountDownLatch(2);
        try {
            for (int i = 0; i < 2; i++) {
                pool.execute(() -> {
                    both.countDown();
                    awaitQuietly(both);
                });
            }
            assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
            String name = CompletableFuture.supplyAsync(
                            () -> Thread.currentThread().getName(), pool)
                    .get(30, TimeUnit.SECONDS);
            assertThat(name).matches("call-[01]");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void timer_forgetsWhatIsCancelled() {
        ScheduledExecutorService timer = Threads.timer();
        try {
            ScheduledFuture<?> task = timer.schedule(() -> {}, 1, TimeUnit.HOURS);
            task.cancel(false);

            assertThat(((ScheduledThreadPoolExecutor) timer).getQueue()).isEmpty();
        } finally {
            timer.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
