package io.toolstream.client.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PacerTest {
    private long nowNanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1) / 2; // the clock runs over on the way

    @Test
    void await_whateverTheWorkInBetween_letsNoSecondHaveMoreThanTheRate() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            int rate = 1 + random.nextInt(2_000);
            Pacer pacer = new Pacer(rate, () -> nowNanos, nanos -> nowNanos += nanos);
            long begunNanos = nowNanos;
            List<Long> sent = new ArrayList<>();
            for (int call = 0; call < 3 * rate + 3; call++) {
                pacer.await();
                sent.add(nowNanos - begunNanos);
                nowNanos += random.nextInt(10) == 0 ? random.nextLong(2_000_000_000L / rate) : 0;
            }
            for (int call = rate; call < sent.size(); call++) {
                // To a nanosecond for each call: an interval is a whole number of them.
                assertThat(sent.get(call) - sent.get(call - rate))
                        .as("seed %d, round %d, %d a second", seed, round, rate)
                        .isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1) - rate);
            }
        }
    }
}
