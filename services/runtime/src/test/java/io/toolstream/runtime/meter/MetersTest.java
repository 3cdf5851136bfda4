package io.toolstream.runtime.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MetersTest {
    private static final String TRACE = "00-" + "a".repeat(32) + "-" + "b".repeat(16);

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
    void scrape_namesThatPrometheusKeepsForHistograms_areOthers() {
        try (Meters meters = new Meters()) {
            assertThat(meters.scrape())
                    .contains("system_cpu_cores ")
                    .doesNotContain("system_cpu_count")
                    .contains("process_cpu_seconds_total ")
                    .doesNotContain("process_cpu_time_ns");
        }
    }

    @Test
    void measured_inATraceThatIsSampled_namesItInOpenMetrics() {
        try (Meters meters = new Meters()) {
            Timer passed = timer(meters, "toolstream.passed");
            Timer sampled = timer(meters, "toolstream.sampled");

            CurrentTrace.measure(TRACE + "-00", () -> passed.record(Duration.ofMillis(1)));
            CurrentTrace.measure(TRACE + "-01", () -> sampled.record(Duration.ofMillis(1)));

            assertThat(meters.scrape("application/openmetrics-text").text())
                    .containsPattern("sampled_seconds_bucket\\{le=\"1.0\"} 1 # \\{.*trace_id=\"a{32}\"")
                    .doesNotContainPattern("passed_seconds_bucket.*trace_id");
            assertThat(meters.scrape("text/plain").text()).doesNotContain("trace_id");
        }
    }

    private static Timer timer(Meters meters, String name) {
        return Timer.builder(name).serviceLevelObjectives(Duration.ofSeconds(1)).register(meters.registry());
    }

    @Test
    void scrape_runsWhatComesBefore() {
        AtomicInteger runs = new AtomicInteger();
        try (Meters meters = new Meters()) {
            meters.beforeScrape(runs::incrementAndGet);
            meters.scrape();
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void off_measuresNothing() {
        try (Meters meters = Meters.off()) {
            meters.registry().counter("toolstream.calls").increment();

            assertThat(meters.scrape()).isEmpty();
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
