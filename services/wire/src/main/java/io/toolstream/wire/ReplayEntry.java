package io.toolstream.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of the replays topic: what was done about dead letters, by whom and when. The topic is internal: this layout
 * may change.
 */
public sealed interface ReplayEntry {
    /** Who did something, and when (epoch ms). */
    record Author(String by, long atMillis, @Nullable String note) {}

    /**
     * A replay begins, or got so far.
     *
     * @param plan its name, unique
     * @param letters the ends of the dead letters topic when it began: it never goes beyond
     * @param calls positions from which on calls may stand that it has sent and not yet told of
     * @param isProven whether its first calls went well
     */
    record Planned(
            String plan,
            Author author,
            Selection selection,
            Terms terms,
            List<RecordPosition> letters,
            List<RecordPosition> calls,
            boolean isProven)
            implements ReplayEntry {
        public Planned {
            letters = List.copyOf(letters);
            calls = List.copyOf(calls);
        }
    }

    /**
     * Which dead letters are meant; absent: whichever. Times are epoch ms of the failure.
     *
     * @param letters positions as text; empty: whichever
     */
    record Selection(
            @Nullable String server,
            @Nullable String tool,
            @Nullable String code,
            @Nullable String tenant,
            @Nullable Long sinceMillis,
            @Nullable Long untilMillis,
            @Nullable String fingerprint,
            List<String> letters) {
        public Selection {
            letters = List.copyOf(letters);
        }
    }

    /**
     * How calls are sent again.
     *
     * @param perSecond at most
     * @param timeoutMillis the new deadline, from the sending
     * @param canary calls whose end is waited for before the others are sent
     * @param isConfirmed whether tools that run once are meant too
     * @param isAgain whether letters are meant too that were replayed before
     * @param arguments in place of the original ones
     */
    record Terms(
            int perSecond,
            long timeoutMillis,
            int canary,
            boolean isConfirmed,
            boolean isAgain,
            @Nullable RawJson arguments) {}

    /**
     * A dead letter was sent again as a call.
     *
     * @param letter its position, as text
     * @param number how often its call was replayed by now
     * @param call where the new call stands
     */
    record Sent(String plan, String letter, int number, String id, RecordPosition call, Author author)
            implements ReplayEntry {}

    /** A dead letter needs nothing any more. */
    record Resolved(String letter, Author author) implements ReplayEntry {}

    /** A replay is over: done, or stopped for this reason. */
    record Ended(
            String plan, Author author, long sent, @Nullable String stoppedBecause) implements ReplayEntry {}
}
