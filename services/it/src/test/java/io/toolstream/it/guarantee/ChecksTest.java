package io.toolstream.it.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.settings.Effect;
import io.toolstream.testkit.Execution;
import io.toolstream.testkit.ExecutionJournal;
import io.toolstream.wire.Status;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each check sees the bug that it is there for, and nothing in a history without bugs. */
class ChecksTest {
    private final History history = new History();

    @Test
    void goodHistory_passes() {
        sent("call-1", Effect.ONCE, "token-1", 5);
        ran("token-1", 10);
        replied("call-1", Status.OK, "token-1");

        assertThat(Checks.lost(history)).isEmpty();
        assertThat(Checks.foreign(history)).isEmpty();
        assertThat(Checks.committedUnanswered(history, Map.of(0, 6L))).isEmpty();
        assertThat(Checks.ranTwice(history)).isEmpty();
        assertThat(Checks.untrue(history)).isEmpty();
        assertThat(Checks.unexplainedDuplicates(history)).isEmpty();
        assertThat(Checks.beyondTheBound(history, 1)).isEmpty();
        assertThat(Checks.unexplainedDisorder(history)).isEmpty();
    }

    @Test
    void lost_callWithoutReply_isSeen() {
        sent("call-1", Effect.READ, "token-1", 5);

        assertThat(Checks.lost(history)).hasSize(1);
    }

    @Test
    void foreign_resultOfAnotherCall_isSeen() {
        sent("call-1", Effect.READ, "token-1", 5);
        sent("call-2", Effect.READ, "token-2", 6);
        replied("call-1", Status.OK, "token-2");

        assertThat(Checks.foreign(history)).hasSize(1);
    }

    @Test
    void foreign_replyToNobody_isSeen() {
        replied("call-9", Status.OK, "token-9");

        assertThat(Checks.foreign(history)).hasSize(1);
    }

    @Test
    void committedUnanswered_isSeenAtItsInstantOnly() {
        sent("call-1", Effect.READ, "token-1", 5);

        assertThat(Checks.committedUnanswered(history, Map.of(0, 5L))).isEmpty();
        assertThat(Checks.committedUnanswered(history, Map.of(0, 6L))).hasSize(1);
    }

    @Test
    void ranTwice_onceTool_isSeen_othersMay() {
        sent("call-1", Effect.ONCE, "token-1", 5);
        sent("call-2", Effect.READ, "token-2", 6);
        ran("token-1", 10);
        ran("token-1", 20);
        ran("token-2", 10);
        ran("token-2", 20);

        assertThat(Checks.ranTwice(history)).singleElement().asString().contains("token-1");
    }

    @Test
    void untrue_okWithoutARun_isSeen() {
        sent("call-1", Effect.ONCE, "token-1", 5);
        replied("call-1", Status.OK, "token-1");

        assertThat(Checks.untrue(history)).hasSize(1);
    }

    @Test
    void untrue_unavailableAfterARun_isSeen() {
        sent("call-1", Effect.ONCE, "token-1", 5);
        ran("token-1", 10);
        replied("call-1", Status.UNAVAILABLE, "");

        assertThat(Checks.untrue(history)).hasSize(1);
    }

    @Test
    void unexplainedDuplicates_withoutACrash_areSeen_withOneNot() {
        sent("call-1", Effect.READ, "token-1", 5);
        replied("call-1", Status.OK, "token-1");
        replied("call-1", Status.OK, "token-1");
        assertThat(Checks.unexplainedDuplicates(history)).hasSize(1);

        crashed("worker-1", 6, 7);
        assertThat(Checks.unexplainedDuplicates(history)).as("committed before").hasSize(1);

        crashed("worker-1", 0, 5);
        assertThat(Checks.unexplainedDuplicates(history)).as("sent afterwards").hasSize(1);

        crashed("worker-1", 5, 7);
        assertThat(Checks.unexplainedDuplicates(history)).isEmpty();
    }

    @Test
    void beyondTheBound_moreThanTheBoundOfOnePartition_isSeen() {
        for (int i = 0; i < 3; i++) {
            sent("call-" + i, Effect.READ, "token-" + i, i);
            repliedBy("worker-1", "call-" + i);
            repliedBy("worker-2", "call-" + i);
        }
        assertThat(Checks.beyondTheBound(history, 3)).as("nobody crashed").hasSize(1);

        crashed("worker-1", 0, 3);
        assertThat(Checks.beyondTheBound(history, 3)).isEmpty();
        assertThat(Checks.beyondTheBound(history, 2)).singleElement().asString().contains("worker-1");

        crashed("worker-2", 0, 3);
        assertThat(Checks.beyondTheBound(history, 2)).as("another one's crash").hasSize(1);
        crashed("worker-1", 0, 3);
        assertThat(Checks.beyondTheBound(history, 2)).isEmpty();
    }

    @Test
    void disorder_afterACrashBeforeTheEarlierCallWasSent_isSeen() {
        laterBeganFirst();
        crashed("worker-1", 0, 5);

        assertThat(Checks.unexplainedDisorder(history)).hasSize(1);
    }

    @Test
    void disorder_laterCallBeganFirst_isSeen() {
        laterBeganFirst();

        assertThat(Checks.unexplainedDisorder(history)).hasSize(1);
    }

    @Test
    void disorder_afterACrashThatFoundTheEarlierCallCommitted_isSeen() {
        laterBeganFirst();
        crashed("worker-1", 6, 7);

        assertThat(Checks.unexplainedDisorder(history)).hasSize(1);
    }

    @Test
    void disorder_afterACrashThatFoundTheEarlierCallOpen_isExplained() {
        laterBeganFirst();
        crashed("worker-1", 5, 7);

        assertThat(Checks.outOfOrder(history)).hasSize(1);
        assertThat(Checks.unexplainedDisorder(history)).isEmpty();
    }

    private void crashed(String worker, long committed, long end) {
        history.crashed(new Crash(Set.of(worker), Map.of(0, committed), Map.of(0, end)));
    }

    private void laterBeganFirst() {
        history.sent(call("call-1", Effect.READ, "token-1", 5, "order-1"));
        history.sent(call("call-2", Effect.READ, "token-2", 6, "order-1"));
        ran("token-1", 20);
        ran("token-2", 10);
    }

    private void sent(String id, Effect effect, String token, long offset) {
        history.sent(call(id, effect, token, offset, null));
    }

    private static SentCall call(String id, Effect effect, String token, long offset, @Nullable String orderingKey) {
        return new SentCall(id, effect, token, orderingKey, new SentCall.Place(0, offset), true);
    }

    private void ran(String token, long startMillis) {
        String digest = ExecutionJournal.digest(SentCall.arguments(token));
        history.executed(
                List.of(new Execution("1", "", "tool", digest, startMillis, OptionalLong.of(startMillis + 1))));
    }

    private void replied(String id, Status status, String token) {
        history.replied(new SeenReply(id, id, status, token, "", "worker-1"));
    }

    private void repliedBy(String worker, String id) {
        history.replied(new SeenReply(id, id, Status.OK, "", "", worker));
    }
}
