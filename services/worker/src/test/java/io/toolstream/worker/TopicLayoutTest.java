package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.kafka.TopicSpec;
import io.toolstream.settings.LimitSettings;
import io.toolstream.settings.TopicSettings;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who keeps what for how long, where one topic stands on another. */
final class TopicLayoutTest {
    private static final TopicNames NAMES = new TopicNames(TopicSettings.DEFAULT.prefix());

    @Test
    void whatWasDoneAboutALetter_outlivesIt_withTheSegmentThatHoldsIt() {
        Duration letters = retention(NAMES.deadLetters());

        assertThat(retention(NAMES.replays())).isGreaterThanOrEqualTo(letters.plusDays(7));
    }

    @Test
    void parkedCall_outlivesItsDeadline() {
        assertThat(retention(NAMES.parked()))
                .isGreaterThanOrEqualTo(LimitSettings.DEFAULT.maxDeadline().plusHours(1));
    }

    private static Duration retention(String topic) {
        TopicSpec spec = TopicLayout.of(TopicSettings.DEFAULT).stream()
                .filter(one -> one.name().equals(topic))
                .findFirst()
                .orElseThrow();
        return Duration.ofMillis(Long.parseLong(spec.configs().get("retention.ms")));
    }
}
