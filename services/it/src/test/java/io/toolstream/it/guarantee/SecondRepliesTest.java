package io.toolstream.it.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.it.guarantee.SentCall.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The check sees what no crash explains. */
class SecondRepliesTest {
    private static final Crash CRASH = new Crash(Set.of("worker-1"), Map.of(0, 10L), Map.of(0, 20L, 1, 5L));

    @Test
    void secondReply_ofACallThatACrashFoundOpen_isExplained() {
        assertThat(unexplained(2, List.of(new Place(0, 15)), List.of(CRASH))).isEmpty();
        assertThat(unexplained(2, List.of(new Place(0, 3), new Place(1, 4)), List.of(CRASH)))
                .isEmpty();
    }

    @Test
    void secondReply_withoutACrash_isFound() {
        assertThat(unexplained(2, List.of(new Place(0, 15)), List.of())).hasSize(1);
    }

    @Test
    void secondReply_ofACallThatWasCommittedOrNotThereYet_isFound() {
        assertThat(unexplained(2, List.of(new Place(0, 9)), List.of(CRASH))).hasSize(1);
        assertThat(unexplained(2, List.of(new Place(0, 20)), List.of(CRASH))).hasSize(1);
        assertThat(unexplained(2, List.of(), List.of(CRASH))).hasSize(1);
    }

    @Test
    void thirdReply_needsTwoThatWereFoundOpen() {
        assertThat(unexplained(3, List.of(new Place(0, 15)), List.of(CRASH))).hasSize(1);
        assertThat(unexplained(3, List.of(new Place(0, 15)), List.of(CRASH, CRASH)))
                .isEmpty();
        assertThat(unexplained(3, List.of(new Place(0, 15), new Place(0, 16)), List.of(CRASH)))
                .isEmpty();
    }

    private static List<String> unexplained(int replies, List<Place> places, List<Crash> crashes) {
        return SecondReplies.unexplained(Map.of("out-1", replies), Map.of("out-1", places), crashes);
    }
}
