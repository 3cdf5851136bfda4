package io.toolstream.worker.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.EngineSnapshot;
import io.toolstream.kafka.PartitionSnapshot;
import io.toolstream.runtime.meter.Meters;
import java.time.Duration;
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
        StateGauges.of(meters).counts("calls", this, test -> test.engine);
        engine = engine(7, 2);

        assertThat(meters.scrape())
                .contains("toolstream_calls_skipped_total 7.0")
                .contains("toolstream_calls_crashes_total 2.0")
                .contains("messaging_client_consumed_messages_total{messaging_destination_name=\"calls\"} 11.0");
    }

    @Test
    void partitions_areShownWhileTheyAreAssigned() {
        StateGauges.of(meters).engine(() -> engine);
        engine = engine(partition(3, Duration.ofMillis(2_500)), partition(7, Duration.ZERO));

        assertThat(meters.scrape())
                .contains("toolstream_calls_oldest_age_seconds 2.5")
                .contains("toolstream_partition_oldest_age_seconds{messaging_destination_partition_id=\"3\"} 2.5")
                .contains("toolstream_partition_oldest_age_seconds{messaging_destination_partition_id=\"7\"} 0.0")
                .contains("toolstream_partition_unsettled{messaging_destination_partition_id=\"3\"} 4.0");

        engine = engine(partition(7, Duration.ZERO));
        assertThat(meters.scrape())
                .doesNotContain("partition_id=\"3\"")
                .contains("toolstream_partition_unsettled{messaging_destination_partition_id=\"7\"}");
    }

    private static PartitionSnapshot partition(int number, Duration oldest) {
        return new PartitionSnapshot("calls", number, 0, 0, 0, 4, 0, false, oldest);
    }

    private static EngineSnapshot engine(PartitionSnapshot... partitions) {
        return new EngineSnapshot(0, 0, 0, false, 0, 0, 0, 0, 0, 0, null, List.of(partitions));
    }

    private static EngineSnapshot engine(long skipped, long crashes) {
        return new EngineSnapshot(0, 0, 0, false, 11, skipped, 0, crashes, 0, 0, null, List.of());
    }
}
