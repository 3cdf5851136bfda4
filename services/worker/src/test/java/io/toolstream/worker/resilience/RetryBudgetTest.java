package io.toolstream.worker.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Jitter;
import io.toolstream.settings.RetrySettings;
import io.toolstream.worker.fixture.ManualNanos;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetryBudgetTest {
    private final ManualNanos nanos = new ManualNanos();

    @Test
    void tryTake_muchTraffic_allowsItsShare() {
        RetryBudget budget = budget(10, 0);
        first(budget, 1_000);

        assertThat(taken(budget, 500)).isEqualTo(100);
    }

    @Test
    void tryTake_littleTraffic_allowsAFewEachSecond() {
        RetryBudget budget = budget(10, 3);
        first(budget, 1);
        assertThat(taken(budget, 10)).isEqualTo(3);

        nanos.advance(Duration.ofSeconds(1));
        assertThat(taken(budget, 10)).isEqualTo(3);
    }

    @Test
    void tryTake_traffic_isForgottenAfterTenSeconds() {
        RetryBudget budget = budget(10, 0);
        first(budget, 1_000);
        nanos.advance(Duration.ofSeconds(9));
        assertThat(taken(budget, 10)).isEqualTo(10);

        nanos.advance(Duration.ofSeconds(1));
        assertThat(taken(budget, 10)).isZero();

        nanos.advance(Duration.ofDays(3));
        first(budget, 10);
        assertThat(taken(budget, 10)).isEqualTo(1);
    }

    private RetryBudget budget(int percent, int minimum) {
        return new RetryBudget(
                new RetrySettings(2, Duration.ZERO, Duration.ZERO, 200, Jitter.NONE, percent, minimum), nanos);
    }

    private static void first(RetryBudget budget, int times) {
        for (int i = 0; i < times; i++) {
            budget.first();
        }
    }

    private static int taken(RetryBudget budget, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += budget.tryTake() ? 1 : 0;
        }
        return taken;
    }
}
