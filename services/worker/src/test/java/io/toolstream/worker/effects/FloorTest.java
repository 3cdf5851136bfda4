package io.toolstream.worker.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.EffectEntry.Claimed;
import io.toolstream.wire.EffectEntry.Floor;
import io.toolstream.wire.EffectEntry.Source;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What is forgotten cannot be claimed again. */
final class FloorTest {
    private static final long NOW = 1_800_000_000_000L;

    private final ClaimLog log = new ClaimLog(10, 86_400_000);

    @Test
    void verdict_belowTheFloor_isCovered() {
        log.raise(new Floor(5, NOW));

        assertThat(log.verdict("k", "d", new Source(4, NOW, false))).isInstanceOf(Verdict.Covered.class);
        assertThat(log.verdict("k", "d", new Source(5, NOW, false))).isInstanceOf(Verdict.Won.class);
        assertThat(log.verdict("k", "d", new Source(4, NOW, true))).as("kept").isInstanceOf(Verdict.Won.class);
    }

    @Test
    void verdict_recordOfATopicMadeAnew_isNotCovered() {
        log.raise(new Floor(500, NOW));

        assertThat(log.verdict("k", "d", new Source(4, NOW + 600_000, false))).isInstanceOf(Verdict.Won.class);
    }

    @Test
    void forget_coveredClaim_stillCannotBeWonAgain() {
        log.startAt(0, new ArrayList<>());
        log.read(0, new Claimed("k", "c1", "d", new Source(4, NOW, false), null), NOW, new ArrayList<>());
        assertThat(log.size()).isEqualTo(1);

        log.raise(new Floor(5, NOW));
        log.forget(NOW);

        assertThat(log.size()).isZero();
        assertThat(log.verdict("k", "d", new Source(4, NOW, false))).isInstanceOf(Verdict.Covered.class);
    }

    @Test
    void startAt_earlierThanKnown_knowsNothingAnyMore() {
        log.startAt(0, new ArrayList<>());
        log.read(0, new Claimed("k", "c1", "d", new Source(4, NOW, false), null), NOW, new ArrayList<>());

        assertThat(log.startAt(0, new ArrayList<>())).as("another log").isTrue();
        assertThat(log.size()).isZero();
    }
}
