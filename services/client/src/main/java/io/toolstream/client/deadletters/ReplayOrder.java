package io.toolstream.client.deadletters;

import io.toolstream.wire.RawJson;
import io.toolstream.wire.ReplayEntry.Terms;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent again, and how. Immutable: every method returns a changed copy.
 *
 * @param filter which letters; its states do not matter, see {@link #again}
 * @param terms as the methods here say them
 * @param by who wants it, for the record
 * @param note why, for the record
 * @param replyTopics where replies may go; a call whose own reply topic is not among them is answered on the default one
 */
public record ReplayOrder(
        LetterFilter filter,
        Terms terms,
        String by,
        @Nullable String note,
        Predicate<String> replyTopics) {
    /** So often a call is sent again at most: what fails each time would go round for ever. */
    public static final int MOST_REPLAYS = 3;

    private static final Terms USUAL = new Terms(20, Duration.ofMinutes(5).toMillis(), 5, false, false, null);

    public ReplayOrder {
        if (by.isBlank()) {
            throw new IllegalArgumentException("a replay needs to say who wants it");
        }
        if (terms.perSecond() < 1 || terms.timeoutMillis() < 1 || terms.canary() < 0) {
            throw new IllegalArgumentException("a replay needs a rate, a time-out and a number of canaries: " + terms);
        }
    }

    /** 20 calls a second, 5 canaries, 5 minutes for each call, without tools that run once. */
    public static ReplayOrder of(LetterFilter filter, String by) {
        return new ReplayOrder(filter, USUAL, by, null, topic -> true);
    }

    /** So many calls a second at most, at least 1; 20 unless told otherwise. */
    public ReplayOrder atMostPerSecond(int calls) {
        return with(draft -> draft.perSecond = calls);
    }

    /** The new deadline of each call, from its sending; 5 minutes unless told otherwise. */
    public ReplayOrder withTimeout(Duration timeout) {
        return with(draft -> draft.timeoutMillis = timeout.toMillis());
    }

    /** So many calls are sent first; the others only if all of them are answered {@code ok}. 0: no such trial; 5 unless told. */
    public ReplayOrder withCanary(int calls) {
        return with(draft -> draft.canary = calls);
    }

    /** Tools that run once, and those nobody knows, are meant too: they may have run, and will run again. */
    public ReplayOrder confirmed() {
        return with(draft -> draft.isConfirmed = true);
    }

    /** Letters that were sent before are meant too, up to {@link #MOST_REPLAYS}. */
    public ReplayOrder again() {
        return with(draft -> draft.isAgain = true);
    }

    /** A JSON object in place of the arguments of every call; workers judge it by each tool's schema. */
    public ReplayOrder withArguments(RawJson arguments) {
        return with(draft -> draft.arguments = arguments);
    }

    /** Why, for the record. */
    public ReplayOrder withNote(String why) {
        return new ReplayOrder(filter, terms, by, why, replyTopics);
    }

    /** Replies may go to these topics only; otherwise to whichever the calls ask for. */
    public ReplayOrder withReplyTopics(Predicate<String> permitted) {
        return new ReplayOrder(filter, terms, by, note, permitted);
    }

    private ReplayOrder with(Consumer<Draft> change) {
        Draft draft = new Draft(terms);
        change.accept(draft);
        return new ReplayOrder(filter, draft.terms(), by, note, replyTopics);
    }

    /** Terms while something of them changes. */
    private static final class Draft {
        private int perSecond;
        private long timeoutMillis;
        private int canary;
        private boolean isConfirmed;
        private boolean isAgain;
        private @Nullable RawJson arguments;

        Draft(Terms before) {
            perSecond = before.perSecond();
            timeoutMillis = before.timeoutMillis();
            canary = before.canary();
            isConfirmed = before.isConfirmed();
            isAgain = before.isAgain();
            arguments = before.arguments();
        }

        Terms terms() {
            return new Terms(perSecond, timeoutMillis, canary, isConfirmed, isAgain, arguments);
        }
    }
}
