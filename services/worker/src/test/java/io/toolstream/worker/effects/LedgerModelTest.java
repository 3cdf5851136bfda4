package io.toolstream.worker.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.worker.effects.SimulatedLedger.Bug;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The ledger's rule under interleavings that seeds decide; a seed in a failure's text repeats it. */
final class LedgerModelTest {
    private static final int INTERLEAVINGS = 20_000;
    private static final int STEPS = 170;
    private static final long SEED = Long.getLong("toolstream.seed", System.nanoTime());

    @Test
    void noEffect_isDispatchedTwice_andNoneThatWasAnsweredAsNotRun() {
        SplittableRandom seeds = new SplittableRandom(SEED);
        long dispatched = 0;
        for (int i = 0; i < INTERLEAVINGS; i++) {
            long seed = seeds.nextLong();
            SimulatedLedger ledger = new SimulatedLedger(seed, Bug.NONE);

            int most = ledger.run(STEPS);

            assertThat(most).as("dispatches of one effect, seed %d", seed).isLessThanOrEqualTo(1);
            assertThat(ledger.untrue()).as("answered as not run, seed %d", seed).isEmpty();
            dispatched += ledger.dispatches.size();
        }
        assertThat(dispatched).as("the simulation does something").isGreaterThan(INTERLEAVINGS);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void aPlantedBug_isSeen(Bug bug) {
        SplittableRandom seeds = new SplittableRandom(42);

        assertThat(IntStream.range(0, INTERLEAVINGS).anyMatch(i -> {
                    SimulatedLedger ledger = new SimulatedLedger(seeds.nextLong(), bug);
                    return ledger.run(STEPS) > 1 || !ledger.untrue().isEmpty();
                }))
                .isTrue();
    }
}
