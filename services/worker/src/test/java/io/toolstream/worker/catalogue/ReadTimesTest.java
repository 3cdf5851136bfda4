package io.toolstream.worker.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReadTimesTest {
    private final ReadTimes times = new ReadTimes(Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(5));

    @Test
    void untilNext_whileWell_variesAroundTheInterval() {
        SplittableRandom random = new SplittableRandom(4711);

        for (int i = 0; i < 1_000; i++) {
            assertThat(times.untilNext(0, null, random)).isBetween(Duration.ofSeconds(270), Duration.ofSeconds(330));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "5, 16", "6, 30", "60, 30", "2000000000, 30"})
    void untilNext_afterFailures_doublesUpToABound(int failures, long seconds) {
        assertThat(times.untilNext(failures, null, new SplittableRandom(1))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "3, 5", "60, 60", "300, 300", "3600, 300"})
    void untilNext_followsWhatTheServerSaysBetweenTwoBounds(long timeToLiveSeconds, long expectedSeconds) {
        Duration next = times.untilNext(0, Duration.ofSeconds(timeToLiveSeconds), new SplittableRandom(1));

        assertThat(next.toMillis()).isBetween(expectedSeconds * 900, expectedSeconds * 1_100);
    }

    @Test
    void untilNext_listThatIsGoodForNothing_isNotReadMoreOftenThanTheIntervalSays() {
        ReadTimes often = new ReadTimes(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(5));

        assertThat(often.untilNext(0, Duration.ZERO, new SplittableRandom(1)).toMillis())
                .isBetween(900L, 1_100L);
    }

    @Test
    void untilNext_neverRetriesLaterThanTheInterval() {
        ReadTimes often = new ReadTimes(Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(5));

        assertThat(often.untilNext(10, null, new SplittableRandom(1))).isEqualTo(Duration.ofSeconds(3));
    }
}
