package io.toolstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PollSignalTest {
    private static final int ROUNDS = 100_000;
    private static final long OVER = Long.MAX_VALUE;

    /** Where threads take long to wake up, fewer rounds have to do. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PollSignal signal = new PollSignal();

    /** Each side waits for the other for up to a minute: one lost ring and the test's time is over. */
    @Test
    void ring_isNeverLost() throws InterruptedException {
        PollSignal back = new PollSignal();
        AtomicLong there = new AtomicLong();
        AtomicLong here = new AtomicLong();
        Thread other = new Thread(() -> {
            for (long round = 1; there.get() != OVER; round++) {
                waitFor(back, there, round);
                here.set(round);
                signal.ring();
            }
        });
        other.setDaemon(true);
        other.start();
        long beganNanos = System.nanoTime();
        long rounds = 0;
        while (rounds < ROUNDS && System.nanoTime() - beganNanos < LONGEST_NANOS) {
            there.set(++rounds);
            back.ring();
            waitFor(signal, here, rounds);
        }
        there.set(OVER);
        back.ring();
        other.join();
        assertThat(here).hasValueGreaterThanOrEqualTo(rounds);
    }

    @Test
    void ringBetweenTheLookAndTheWait_isHeard() {
        long began = System.nanoTime();
        signal.await(
                () -> {
                    signal.ring();
                    return false;
                },
                TimeUnit.SECONDS.toNanos(30));
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }

    @Test
    void await_withSomethingToDo_doesNotWait() {
        long began = System.nanoTime();
        signal.await(() -> true, TimeUnit.SECONDS.toNanos(30));
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }

    private static void waitFor(PollSignal signal, AtomicLong value, long round) {
        while (value.get() < round) {
            signal.await(() -> value.get() >= round, TimeUnit.MINUTES.toNanos(1));
        }
    }
}
