package io.toolstream.mcp.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.Latencies;
import org.junit.jupiter.api.Test;

/** Durations in buckets. */
final class LatenciesTest {
    @Test
    void bucket_endsAtPowersOfTwo() {
        assertThat(Latencies.bucket(0)).isZero();
        assertThat(Latencies.bucket(1000)).isZero();
        assertThat(Latencies.bucket(1001)).isEqualTo(1);
        assertThat(Latencies.bucket(2000)).isEqualTo(1);
        assertThat(Latencies.bucket(2001)).isEqualTo(2);
        assertThat(Latencies.bucket(Long.MAX_VALUE)).isEqualTo(Latencies.BUCKETS - 1);
    }

    @Test
    void quantile_isTheUpperEndOfItsBucket() {
        LatencyCounter counter = new LatencyCounter();
        for (int i = 0; i < 99; i++) {
            counter.add(3_000);
        }
        counter.add(50_000_000);
        Latencies counts = counter.counts();

        assertThat(counts.count()).isEqualTo(100);
        assertThat(counts.quantileNanos(0.5)).isEqualTo(4_000);
        assertThat(counts.quantileNanos(0.99)).isEqualTo(4_000);
        assertThat(counts.quantileNanos(1)).isEqualTo(50_000_000);
        assertThat(counts.plus(counts).totalNanos()).isEqualTo(2 * counts.totalNanos());
    }
}
