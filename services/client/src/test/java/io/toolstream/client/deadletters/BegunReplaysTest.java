package io.toolstream.client.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayEntry;
import io.toolstream.wire.ReplayEntry.Author;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BegunReplaysTest {
    private static final Author ANN = new Author("ann", 7, null);
    private static final RecordPosition CALL = new RecordPosition("calls", 0, 1);

    private final BegunReplays replays = new BegunReplays(10);

    private void begin(String plan) {
        replays.add(new ReplayEntry.Planned(
                plan,
                ANN,
                LetterFilter.OPEN.selection(),
                ReplayOrder.of(LetterFilter.OPEN, "ann").terms(),
                List.of(),
                List.of(),
                false));
    }

    private void tell(String plan, int call) {
        replays.add(new ReplayEntry.Sent(plan, "letter-" + call, 1, "id-" + call, CALL, ANN));
    }

    @Test
    void call_toldTwiceSoonAfterEachOther_countsOnce() {
        begin("one");
        for (int i = 0; i < 1_000; i++) {
            tell("one", i);
            tell("one", Math.max(0, i - 9));
        }

        assertThat(replays.all().get(0).sent()).isEqualTo(1_000);
    }

    @Test
    void replays_areCountedApart() {
        begin("one");
        begin("other");
        tell("one", 1);
        tell("other", 1);
        tell("nobody's", 1);
        begin("one"); // how far it got

        assertThat(replays.all()).extracting(BegunReplay::sent).containsExactly(1L, 1L);
    }

    @Test
    void callTold_afterTheEnd_stillCounts() {
        begin("one");
        replays.add(new ReplayEntry.Ended("one", ANN, 0, "abandoned"));
        replays.add(new ReplayEntry.Ended("one", ANN, 0, null));
        tell("one", 1);

        assertThat(replays.all())
                .containsExactly(new BegunReplay(replays.all().get(0).planned(), 1, true, "abandoned"));
    }
}
