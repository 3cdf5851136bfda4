package io.toolstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LifecycleTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<String> closed = Collections.synchronizedList(new ArrayList<>());

    @Test
    void close_endsPartsInReverse() {
        Lifecycle lifecycle = new Lifecycle(LONG);
        lifecycle.add("first", () -> closed.add("first"), LONG);
        lifecycle.add("second", () -> closed.add("second"), LONG);

        assertThat(lifecycle.tryClose()).isTrue();

        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void close_twice_closesOnce() {
        AtomicInteger times = new AtomicInteger();
        Lifecycle lifecycle = new Lifecycle(LONG);
        lifecycle.add("part", times::incrementAndGet, LONG);

        lifecycle.close();
        lifecycle.close();

        assertThat(times).hasValue(1);
    }

    @Test
    void close_whileAnotherCloses_waitsForIt() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Lifecycle lifecycle = new Lifecycle(LONG);
        lifecycle.add(
                "slow",
                () -> {
                    entered.countDown();
                    goOn.await();
                    closed.add("slow");
                },
                LONG);
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(lifecycle::tryClose);
        entered.await();

        CompletableFuture<List<String>> second = CompletableFuture.supplyAsync(() -> {
            lifecycle.close();
            return List.copyOf(closed);
        });
        goOn.countDown();

        assertThat(second).succeedsWithin(LONG).isEqualTo(List.of("slow"));
        assertThat(first).succeedsWithin(LONG).isEqualTo(true);
    }

    @Test
    void close_partThatThrows_closesTheRest() {
        Lifecycle lifecycle = new Lifecycle(LONG);
        lifecycle.add("first", () -> closed.add("first"), LONG);
        lifecycle.add(
                "broken",
                () -> {
                    throw new IllegalStateException("on purpose");
                },
                LONG);

        assertThat(lifecycle.tryClose()).isFalse();

        assertThat(closed).containsExactly("first");
    }

    @Test
    void close_partThatHangs_isInterruptedAndLeftBehind() {
        CountDownLatch interrupted = new CountDownLatch(1);
        Lifecycle lifecycle = new Lifecycle(LONG);
        lifecycle.add("first", () -> closed.add("first"), LONG);
        lifecycle.add("hanging", () -> hang(interrupted), SHORT);

        assertThat(lifecycle.tryClose()).isFalse();

        assertThat(closed).containsExactly("first");
        await().untilAsserted(() -> assertThat(interrupted.getCount()).isZero());
    }

    @Test
    void close_pastTheTotal_waitsForNoneButBeginsAll() {
        CountDownLatch interrupted = new CountDownLatch(2);
        Lifecycle lifecycle = new Lifecycle(SHORT);
        lifecycle.add("first", () -> closed.add("first"), LONG);
        lifecycle.add("hanging", () -> hang(interrupted), LONG);
        lifecycle.add("hanging too", () -> hang(interrupted), LONG);
        long start = System.nanoTime();

        assertThat(lifecycle.tryClose()).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
        await().untilAsserted(() -> assertThat(closed).containsExactly("first"));
    }

    @Test
    void add_afterClosing_closesThePartAtOnce() {
        Lifecycle lifecycle = new Lifecycle(LONG);
        lifecycle.close();

        lifecycle.add("late", () -> closed.add("late"), LONG);

        assertThat(closed).containsExactly("late");
    }

    private static void hang(CountDownLatch interrupted) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
    }
}
