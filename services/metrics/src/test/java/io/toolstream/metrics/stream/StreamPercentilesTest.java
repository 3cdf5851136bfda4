package io.toolstream.metrics.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import io.toolstream.wire.Event;
import io.toolstream.wire.LatencySketch;
import io.toolstream.wire.MetricsScope;
import io.toolstream.wire.WindowLength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Percentiles as they stand on the metrics topic beside exact ones. A tenth of a million calls; a million with
 * {@code -Dtoolstream.metrics.calls=1000000}, which also tells how many a thread counts in a second.
 */
final class StreamPercentilesTest {
    private static final int CALLS = Integer.getInteger("toolstream.metrics.calls", 100_000);
    private static final int IN_A_RECORD = 200;
    private static final double[] SHARES = {0.5, 0.95, 0.99};

    private final SplittableRandom random = new SplittableRandom(42);
    private final Events events = new Events();

    @Test
    void percentilesOfTheStream_areWithinOnePercentOfExactOnes() {
        double[] exact = new double[CALLS];
        DDSketch others = new DDSketch(
                new LogarithmicMapping((LatencySketch.GAMMA - 1) / (LatencySketch.GAMMA + 1)),
                UnboundedSizeDenseStore::new);
        try (Driven driven = new Driven()) {
            for (int done = 0; done < CALLS; done += IN_A_RECORD) {
                List<Event> told = new ArrayList<>();
                for (int i = done; i < done + IN_A_RECORD; i++) {
                    long micros = latency();
                    exact[i] = micros;
                    others.accept(exact[i]);
                    told.add(events.event(
                            "fs", "tool-" + i % 3, Events.OK, micros, Driven.START + i * 250_000L / CALLS));
                }
                driven.tell(told);
            }
            driven.pass(Duration.ofSeconds(1));
            Arrays.sort(exact);

            LatencySketch stream = driven.last(MetricsScope.TOTAL, WindowLength.FIVE_MINUTES, Driven.START)
                    .calls()
                    .execute();
            assertThat(stream.count()).isEqualTo(CALLS);
            for (double share : SHARES) {
                double expected = exact[(int) (share * (CALLS - 1))];
                double told = stream.quantileMicros(share);
                System.out.printf(
                        "p%.0f exact %.0f, told %.3f: %.3f %% off%n",
                        100 * share, expected, told, 100 * Math.abs(told - expected) / expected);
                assertThat(told).isCloseTo(expected, within(expected * 0.01));
                assertThat(told).isCloseTo(others.getValueAtQuantile(share), within(expected * 0.02));
            }
        }
    }

    private long latency() {
        double normal = random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble() - 2;
        return random.nextInt(10) == 0 ? random.nextLong(40, 200) : Math.round(20_000 * Math.exp(1.5 * normal));
    }
}
