package io.toolstream.metrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.Event.Origin;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SeenCallsTest {
    private final MemoryStore store = new MemoryStore();

    @Test
    void isFirst_ofWhateverComesAgainWithinTheHorizon_isTrueOnce() {
        SplittableRandom random = new SplittableRandom(7);
        SeenCalls seen = new SeenCalls(store);
        Set<Origin> told = new HashSet<>();
        long offset = 0;
        for (int i = 0; i < 20_000; i++) {
            offset += random.nextInt(3);
            long some = Math.max(0, offset - random.nextInt(5_000));
            Origin origin = Events.origin(some, random.nextInt(4) == 0 ? Integer.valueOf(random.nextInt(1_000)) : null);

            assertThat(seen.isFirst(origin)).as("%s", origin).isEqualTo(told.add(origin));
            if (random.nextInt(20) == 0) {
                seen.save();
            }
            if (random.nextInt(500) == 0) {
                seen.save();
                seen = new SeenCalls(store);
            }
        }
    }

    @Test
    void store_doesNotGrowBeyondTheHorizon() {
        SeenCalls seen = new SeenCalls(store);
        for (long offset = 0; offset < 3L * SeenCalls.HORIZON_BLOCKS * 1_024; offset += 100) {
            assertThat(seen.isFirst(Events.origin(offset, null))).isTrue();
            seen.save();
        }

        assertThat(store.size()).isBetween(SeenCalls.HORIZON_BLOCKS, SeenCalls.HORIZON_BLOCKS + 2);
    }

    @Test
    void save_ofManyCallsOfOneBlock_isOneWrite() {
        SeenCalls seen = new SeenCalls(store);
        for (long offset = 0; offset < 1_000; offset++) {
            assertThat(seen.isFirst(Events.origin(offset, null))).isTrue();
        }
        assertThat(store.puts()).isZero();

        seen.save();
        seen.save();

        assertThat(store.puts()).isEqualTo(1);
        assertThat(new SeenCalls(store).isFirst(Events.origin(999, null))).isFalse();
    }
}
