package io.toolstream.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonNamesTest {
    @Test
    void add_anyNumberOfNames_findsThoseThatWereThereSinceItsObjectOpened() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        JsonNames names = new JsonNames();
        names.open(1);
        for (int object = 0; object < 500; object++) {
            names.open(2);
            Set<String> expected = new HashSet<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                String name = "n" + random.nextInt(80);

                assertThat(names.add(2, name)).as("seed %d", seed).isEqualTo(expected.add(name));
            }
            assertThat(names.add(1, "o" + object)).as("seed %d", seed).isTrue();
        }
        assertThat(names.add(1, "o0")).isFalse();
    }
}
