package io.toolstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CountdownTest {
    @Test
    void part_runTwice_countsOnce() {
        AtomicInteger runs = new AtomicInteger();
        Countdown countdown = new Countdown(2, runs::incrementAndGet);
        Runnable first = countdown.part();
        Runnable second = countdown.part();

        first.run();
        first.run();
        assertThat(runs).hasValue(0);
        second.run();
        second.run();

        assertThat(runs).hasValue(1);
    }
}
