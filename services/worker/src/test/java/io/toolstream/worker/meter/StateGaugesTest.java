package io.toolstream.worker.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.EngineSnapshot;
import io.toolstream.runtime.meter.Meters;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StateGaugesTest {
    private final Meters meters = new Meters();
    private EngineSnapshot engine = engine(0, 0);

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void takeovers_areCountersOfWhatTheEngineCounts() {
        StateGauges.of(meters).takeovers(this, test -> test.engine);
        engine = engine(7, 2);

        assertThat(meters.scrape())
                .contains("toolstream_calls_skipped_total 7.0")
                .contains("toolstream_calls_crashes_total 2.0");
    }

    private static EngineSnapshot engine(long skipped, long crashes) {
        return new EngineSnapshot(0, 0, 0, false, 0, skipped, 0, crashes, 0, 0, null, List.of());
    }
}
