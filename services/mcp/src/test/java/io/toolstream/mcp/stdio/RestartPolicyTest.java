package io.toolstream.mcp.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.mcp.StdioSettings.Restarts;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RestartPolicyTest {
    private static final long SECOND = 1_000_000_000L;

    private final Restarts settings =
            new Restarts(Duration.ofSeconds(1), Duration.ofSeconds(4), 4, Duration.ofSeconds(60));
    private final RestartPolicy policy = new RestartPolicy(settings, new Random(1));

    @Test
    void firstStart_isAtOnce() {
        assertThat(policy.untilNextStart(0)).isZero();
    }

    @Test
    void backOff_isJitteredUnderADoublingBound() {
        for (int seed = 0; seed < 200; seed++) {
            RestartPolicy each = new RestartPolicy(settings, new Random(seed));
            each.ended(10 * SECOND);
            assertThat(each.untilNextStart(10 * SECOND)).isLessThan(Duration.ofSeconds(1));
            each.ended(11 * SECOND);
            assertThat(each.untilNextStart(11 * SECOND)).isLessThan(Duration.ofSeconds(2));
            each.ended(13 * SECOND);
            assertThat(each.untilNextStart(13 * SECOND)).isLessThan(Duration.ofSeconds(4));
            assertThat(each.untilNextStart(17 * SECOND)).isZero();
        }
    }

    @Test
    void tooManyEnds_waitForTheWindow() {
        for (int i = 0; i < 4; i++) {
            policy.ended((10 + i) * SECOND);
        }

        assertThat(policy.isGivenUp()).isTrue();
        assertThat(policy.untilNextStart(14 * SECOND)).isEqualTo(Duration.ofSeconds(56));
        assertThat(policy.untilNextStart(70 * SECOND)).isZero();
    }

    @Test
    void oldEnds_areForgotten() {
        for (int i = 0; i < 20; i++) {
            policy.ended(i * 30L * SECOND);
            assertThat(policy.isGivenUp()).isFalse();
        }
    }
}
