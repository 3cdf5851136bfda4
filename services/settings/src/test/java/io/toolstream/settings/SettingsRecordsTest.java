package io.toolstream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that hold whoever makes a record. */
final class SettingsRecordsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void metricsGroup_thatIsNotSet_isOneForEachPipeline() {
        assertThat(MetricsSettings.DEFAULT.group(TopicSettings.DEFAULT)).isEqualTo("toolstream-metrics");
        assertThat(MetricsSettings.DEFAULT.group(new TopicSettings("team.blue.", 24, 1, true, List.of())))
                .isEqualTo("team-blue-metrics");
    }

    @Test
    void construct_withSeveralBrokenRules_namesThemAll() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PoolSettings(0, 5, SECOND, Duration.ZERO, SECOND, -1))
                .withMessage("max must be from 1 to 10000, is 0; minIdle must be from 0 to max (0), is 5;"
                        + " lifetime must be from 1ms to 365d, is 0ms; maxWaiting must be from 0 to 1000000, is -1");
    }

    @Test
    void timeouts_thatContradict_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new McpTimeouts(SECOND, SECOND, SECOND, SECOND.multipliedBy(3), SECOND))
                .withMessage("attempt must not be longer than call (3s > 1s)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthSettings(SECOND, SECOND, SECOND.multipliedBy(2)))
                .withMessage("suspectInterval must not be longer than interval (2s > 1s)");
    }

    /** Topics keep parked calls for two days. */
    @Test
    void maxDeadline_beyondWhatTopicsKeep_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LimitSettings(
                        1 << 20,
                        1 << 20,
                        64,
                        1_000,
                        100,
                        64 << 10,
                        SECOND,
                        Duration.ofDays(1).plusMillis(1)))
                .withMessageStartingWith("maxDeadline must not be longer than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "a*b", "a b", "a/b", "a**", "ä"})
    void replyTopics_thatAreNeitherNameNorPrefix_areRefused(String topic) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicSettings("p.", 1, 1, true, List.of("fine", "fine-*", topic)))
                .withMessageStartingWith("replyTopics/2 ");
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "0ms, 0", "5s, 5000", "90s, 90000", "2m, 120000", "1h, 3600000", "7d, 604800000"})
    void durations_areReadAndWritten(String text, long millis) {
        assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
        assertThat(Durations.text(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5 s", " 5s", "5sec", "5m s", "-5s", "1.5s", "5S", "PT5S", "99999999999s"})
    void durations_thatAreNone_areEmpty(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "1KiB, 1024", "64MiB, 67108864", "2GiB, 2147483648", "0, 0"})
    void sizes_areReadAndWritten(String text, long bytes) {
        assertThat(Sizes.parse(text)).hasValue(bytes);
        assertThat(Sizes.text(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5MB", "5 MiB", "MiB", "-1", "1.5GiB"})
    void sizes_thatAreNone_areEmpty(String text) {
        assertThat(Sizes.parse(text)).isEmpty();
    }
}
