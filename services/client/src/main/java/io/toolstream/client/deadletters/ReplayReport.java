package io.toolstream.client.deadletters;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replay did.
 *
 * @param plan its name, for {@link DeadLetters#resume}
 * @param sent calls sent, by this run
 * @param planned letters that this run had to send and that can be sent; {@code sent} where it ended well
 * @param leftOut letters that were meant and are none of those, by why; never {@link Verdict#SENT_AGAIN}
 * @param refused those counted as {@link Verdict#CANNOT_BE_SENT}, by topic
 */
public record ReplayReport(
        String plan, long sent, long planned, Map<Verdict, Long> leftOut, List<Refused> refused, End end) {
    public ReplayReport {
        leftOut = Map.copyOf(leftOut);
        refused = List.copyOf(refused);
    }

    /**
     * How it ended.
     *
     * @param why for people; null where all were sent
     */
    public record End(Ending ending, @Nullable String why) {}

    /** The ways a replay ends. */
    public enum Ending {
        /** It sent all of them. It is over. */
        ALL_SENT,
        /** It sent all but those that cannot be sent, which are as they were. It is over; another replay means them again. */
        SOME_REFUSED,
        /** A trial call did not end {@code ok}; the others were not sent and are as they were. It is over. */
        TRIAL_FAILED,
        /** Its thread was interrupted. */
        INTERRUPTED,
        /** The broker does not take what it sends: away, or too slow. */
        CANNOT_SEND
    }

    /** Null: it sent all of them. */
    public @Nullable String stoppedBecause() {
        return end.why();
    }

    /** Whether {@link DeadLetters#resume} goes on with it; otherwise it is over. */
    public boolean canBeResumed() {
        return end.ending() == Ending.INTERRUPTED || end.ending() == Ending.CANNOT_SEND;
    }
}
