package io.toolstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencySketchTest {
    private static final double[] SHARES = {0, 0.5, 0.9, 0.95, 0.99, 0.999, 1};

    private final SplittableRandom random = new SplittableRandom(20_261_123);

    /** What a tool server looks like: most calls near one time, some from memory, a long tail, a few at the time limit. */
    private long latency() {
        double kind = random.nextDouble();
        if (kind < 0.2) {
            return random.nextLong(30, 120);
        }
        if (kind > 0.999) {
            return 30_000_000;
        }
        double normal = random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble() - 2;
        return Math.round(20_000 * Math.exp(1.2 * normal));
    }

    @Test
    void quantiles_ofAMillionLatencies_areWithinOnePercent() {
        check(1_000_000, this::latency);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 60, 400, 100_000, 10_000_000_000L})
    void quantiles_ofEvenlySpreadTimes_areWithinOnePercent(long bound) {
        check(10_000, () -> random.nextLong(bound));
    }

    private void check(int count, LongSupplier times) {
        LatencySketch sketch = new LatencySketch();
        long[] exact = new long[count];
        for (int i = 0; i < count; i++) {
            exact[i] = times.getAsLong();
            sketch.add(exact[i]);
        }
        Arrays.sort(exact);

        assertThat(sketch.count()).isEqualTo(count);
        assertThat(sketch.sumMicros()).isEqualTo(Arrays.stream(exact).sum());
        assertThat(sketch.maxMicros()).isEqualTo(exact[count - 1]);
        for (double share : SHARES) {
            double expected = exact[(int) (share * (count - 1))];
            assertThat(sketch.quantileMicros(share)).as("share %s", share).isCloseTo(expected, within(expected * 0.01));
        }
    }

    @Test
    void add_ofAnother_isAsIfAllHadBeenAddedToOne() {
        LatencySketch all = new LatencySketch();
        LatencySketch merged = new LatencySketch();
        for (int part = 0; part < 7; part++) {
            LatencySketch one = new LatencySketch();
            for (int i = 0; i < 1_000; i++) {
                long micros = latency();
                all.add(micros);
                one.add(micros);
            }
            merged.add(one);
        }

        assertThat(merged)
                .usingRecursiveComparison()
                .ignoringFields("bins", "counts")
                .isEqualTo(all);
        for (int i = 0; i < all.bins(); i++) {
            assertThat(merged.binAt(i)).isEqualTo(all.binAt(i));
            assertThat(merged.countAt(i)).isEqualTo(all.countAt(i));
        }
    }

    @Test
    void quantile_withoutTimes_isZero() {
        assertThat(new LatencySketch().quantileMicros(0.5)).isZero();
    }

    @Test
    void add_anyNumber_hasABin() {
        LatencySketch sketch = new LatencySketch();
        sketch.add(Long.MAX_VALUE);
        sketch.add(-5);

        assertThat(sketch.bins()).isEqualTo(2);
    }

    @Test
    void addToBin_thereIsNoSuch_throws() {
        assertThatThrownBy(() -> new LatencySketch().addToBin(2_206, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
