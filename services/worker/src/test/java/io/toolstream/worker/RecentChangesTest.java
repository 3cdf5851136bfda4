package io.toolstream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.StateReport;
import io.toolstream.worker.fixture.ManualClock;
import io.toolstream.worker.invoke.EndpointId;
import io.toolstream.worker.resilience.BreakerChange;
import io.toolstream.worker.resilience.BreakerState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RecentChangesTest {
    private final ManualClock clock = new ManualClock();
    private final RecentChanges changes = new RecentChanges(clock);

    @Test
    void all_areThoseOfTheLastSeconds_withTheirCause() {
        changes.add(opened("too long ago"));
        clock.advance(RecentChanges.KEPT.plusMillis(1));
        changes.add(opened("3 failures"));
        clock.advance(Duration.ofSeconds(1));

        assertThat(changes.all())
                .containsExactly(
                        new StateReport.Change("fs#1", clock.millis() - 1_000, "closed", "open", "3 failures"));
        assertThat(changes.all()).as("told of again, in case that was lost").hasSize(1);
    }

    @Test
    void add_moreThanFit_dropsTheOldest() {
        for (int i = 0; i <= RecentChanges.MOST; i++) {
            changes.add(opened("no. " + i + " " + "x".repeat(1_000)));
        }

        assertThat(changes.all()).hasSize(RecentChanges.MOST);
        assertThat(changes.all().get(0).cause()).startsWith("no. 1 ").hasSize(256);
    }

    private static BreakerChange opened(String cause) {
        return new BreakerChange(new EndpointId("fs", "fs#1"), BreakerState.CLOSED, BreakerState.OPEN, cause);
    }
}
