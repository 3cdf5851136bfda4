package io.toolstream.client.deadletters;

import io.toolstream.wire.RawJson;
import io.toolstream.wire.ReplayEntry.Terms;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent again, and how. Immutable.
 *
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

    public ReplayOrder atMostPerSecond(int calls) {
        return with(new Terms(
                calls, terms.timeoutMillis(), terms.canary(), terms.isConfirmed(), terms.isAgain(), terms.arguments()));
    }

    /** The new deadline of each call, from its sending. */
    public ReplayOrder withTimeout(Duration timeout) {
        return with(new Terms(
                terms.perSecond(),
                timeout.toMillis(),
                terms.canary(),
                terms.isConfirmed(),
                terms.isAgain(),
                terms.arguments()));
    }

    /** So many calls are sent first; the others only if all of them are answered well. 0: no such trial. */
    public ReplayOrder withCanary(int calls) {
        return with(new Terms(
                terms.perSecond(),
                terms.timeoutMillis(),
                calls,
                terms.isConfirmed(),
                terms.isAgain(),
                terms.arguments()));
    }

    /** Tools that run once, and those nobody knows, are meant too: they may have run, and will run again. */
    public ReplayOrder confirmed() {
        return with(new Terms(
                terms.perSecond(), terms.timeoutMillis(), terms.canary(), true, terms.isAgain(), terms.arguments()));
    }

    /** Letters that were sent before are meant too. */
    public ReplayOrder again() {
        return with(new Terms(
                terms.perSecond(),
                terms.timeoutMillis(),
                terms.canary(),
                terms.isConfirmed(),
                true,
                terms.arguments()));
    }

    /** A JSON object in place of the arguments of every call. */
    public ReplayOrder withArguments(RawJson arguments) {
        return with(new Terms(
                terms.perSecond(),
                terms.timeoutMillis(),
                terms.canary(),
                terms.isConfirmed(),
                terms.isAgain(),
                arguments));
    }

    public ReplayOrder withNote(String why) {
        return new ReplayOrder(filter, terms, by, why, replyTopics);
    }

    public ReplayOrder withReplyTopics(Predicate<String> permitted) {
        return new ReplayOrder(filter, terms, by, note, permitted);
    }

    private ReplayOrder with(Terms other) {
        return new ReplayOrder(filter, other, by, note, replyTopics);
    }
}
