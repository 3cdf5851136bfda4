package io.toolstream.runtime.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import org.junit.jupiter.api.Test;

final class MetersTest {
    @Test
    void scrape_showsWhatIsRegisteredAndTheJvm() {
        try (Meters meters = new Meters()) {
            Counter.builder("toolstream.calls")
                    .tag("tool", "echo")
                    .register(meters.registry())
                    .increment();

            assertThat(meters.scrape())
                    .contains("toolstream_calls_total{tool=\"echo\"} 1.0")
                    .contains("jvm_memory_used_bytes")
                    .contains("process_cpu_usage")
                    .contains("jvm_threads_live_threads");
        }
    }

    @Test
    void register_withoutEnd_isBounded() {
        try (Meters meters = new Meters()) {
            for (int i = 0; i < 25_000; i++) {
                Counter.builder("toolstream.flood").tag("n", String.valueOf(i)).register(meters.registry());
            }

            assertThat(meters.registry().getMeters()).hasSizeLessThanOrEqualTo(20_000);
        }
    }

    @Test
    void scrape_afterClose_isHarmless() {
        Meters meters = new Meters();
        meters.close();

        assertThat(meters.scrape()).isNotNull();
    }
}
