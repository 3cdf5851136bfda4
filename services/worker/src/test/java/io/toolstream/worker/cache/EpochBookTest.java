package io.toolstream.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EpochBookTest {
    private static final ToolName READ = new ToolName("files", "read");
    private static final ToolName LIST = new ToolName("files", "list");

    private final EpochBook book = new EpochBook(10_000);

    @Test
    void of_toolThatWasNeverMarked_isTheFirst() {
        assertThat(book.of(READ, true)).isEqualTo(new KnownEpoch(Epoch.FIRST, true));
    }

    @Test
    void of_lastMarkRead_counts_alsoWhereOffsetsBeginAgain() {
        book.read(READ, new Epoch(500, 1));
        book.read(READ, new Epoch(3, 2));

        assertThat(book.of(READ, true)).isEqualTo(new KnownEpoch(new Epoch(3, 2), true));
        assertThat(book.of(LIST, false)).isEqualTo(new KnownEpoch(Epoch.FIRST, false));
    }

    @Test
    void of_ownMarkOnItsWay_isUnknown_untilItWasRead() {
        book.sent(READ);
        assertThat(isOnItsWay()).isTrue();
        book.acknowledged(READ, 7);
        assertThat(isOnItsWay()).isTrue();
        book.read(READ, new Epoch(6, 1));
        assertThat(isOnItsWay()).isTrue();

        book.read(READ, new Epoch(7, 1));

        assertThat(book.of(READ, true)).isEqualTo(new KnownEpoch(new Epoch(7, 1), true));
    }

    @Test
    void of_ownMarkReadBeforeItsAcknowledgement_isKnownWithThat() {
        book.sent(READ);
        book.read(READ, new Epoch(7, 1));
        assertThat(isOnItsWay()).isTrue();

        book.acknowledged(READ, 7);

        assertThat(book.of(READ, true)).isEqualTo(new KnownEpoch(new Epoch(7, 1), true));
    }

    @Test
    void of_severalOwnMarks_isUnknownUntilTheLastWasRead() {
        book.sent(READ);
        book.sent(READ);
        book.acknowledged(READ, 8);
        book.read(READ, new Epoch(7, 1));
        book.read(READ, new Epoch(8, 1));
        assertThat(isOnItsWay()).isTrue();

        book.acknowledged(READ, 7);

        assertThat(book.of(READ, true)).isEqualTo(new KnownEpoch(new Epoch(8, 1), true));
    }

    /** What this worker reads now it reads after its own write, and not as if the mark were there. */
    @Test
    void of_ownMarkOnItsWay_isAnotherEpochForEachMark() {
        book.sent(READ);
        KnownEpoch first = book.of(READ, true);
        book.sent(READ);

        assertThat(book.of(READ, true)).isNotEqualTo(first);
        assertThat(first.isSure()).isFalse();
        assertThat(book.of(LIST, true)).isEqualTo(new KnownEpoch(Epoch.FIRST, true));
    }

    private boolean isOnItsWay() {
        return book.of(READ, true).epoch().isOnItsWay();
    }

    /** Whatever is dropped: no tool ever has an epoch again that it had before its last mark. */
    @Test
    void of_moreToolsThanAreRemembered_neverGoesBack() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        EpochBook small = new EpochBook(5);
        Map<ToolName, Set<Epoch>> over = new HashMap<>();
        for (int offset = 0; offset < 10_000; offset++) {
            ToolName marked = new ToolName("s", Integer.toString(random.nextInt(20)));
            for (int tool = 0; tool < 20; tool++) {
                ToolName name = new ToolName("s", Integer.toString(tool));
                Epoch before = small.of(name, true).epoch();
                if (name.equals(marked)) {
                    over.computeIfAbsent(name, unused -> new HashSet<>()).add(before);
                }
            }
            small.read(marked, new Epoch(offset, 1));
            for (Map.Entry<ToolName, Set<Epoch>> entry : over.entrySet()) {
                assertThat(entry.getValue())
                        .as("epochs of %s that are over, at %s, seed %s", entry.getKey(), offset, seed)
                        .doesNotContain(small.of(entry.getKey(), true).epoch());
            }
        }
    }
}
