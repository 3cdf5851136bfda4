package io.toolstream.bench.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LoggedLinesTest {
    private final LoggedLines lines = new LoggedLines();

    @Test
    void mostInASecond_isOfAnySecond_notOfTheClocks() {
        for (long millis : new long[] {100, 900, 1_050, 1_150, 3_000}) {
            lines.count(Duration.ofMillis(millis).toNanos());
        }

        assertThat(lines.mostInASecond()).isEqualTo(3);
    }

    @Test
    void mostInASecond_askedAgain_beginsAnew() {
        lines.count(0);
        assertThat(lines.mostInASecond()).isEqualTo(1);

        assertThat(lines.mostInASecond()).isZero();
    }

    @Test
    void mostInASecond_oneEachSecond_isOne() {
        for (int second = 0; second < 5; second++) {
            lines.count(Duration.ofSeconds(second).toNanos());
        }

        assertThat(lines.mostInASecond()).isEqualTo(1);
    }
}
