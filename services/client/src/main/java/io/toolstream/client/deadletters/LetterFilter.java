package io.toolstream.client.deadletters;

import io.toolstream.client.deadletters.KeptLetter.State;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayEntry.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant. Immutable; what is not said does not matter.
 *
 * @param selection null fields: whichever
 * @param states what was done about them
 */
public record LetterFilter(Selection selection, Set<State> states) {
    private static final Selection WHICHEVER = new Selection(null, null, null, null, null, null, null, List.of());

    /** Those that nothing was done about. */
    public static final LetterFilter OPEN = new LetterFilter(WHICHEVER, Set.of(State.OPEN));

    public static final LetterFilter ALL = new LetterFilter(WHICHEVER, Set.of(State.values()));

    public LetterFilter {
        states = Set.copyOf(states);
    }

    /** Calls of one server. */
    public LetterFilter server(String server) {
        Selection s = selection;
        return with(new Selection(
                server,
                s.tool(),
                s.code(),
                s.tenant(),
                s.sinceMillis(),
                s.untilMillis(),
                s.fingerprint(),
                s.letters()));
    }

    /** Calls of tools of this name. */
    public LetterFilter tool(String tool) {
        Selection s = selection;
        return with(new Selection(
                s.server(),
                tool,
                s.code(),
                s.tenant(),
                s.sinceMillis(),
                s.untilMillis(),
                s.fingerprint(),
                s.letters()));
    }

    /** Calls that failed with this code. */
    public LetterFilter code(String code) {
        Selection s = selection;
        return with(new Selection(
                s.server(),
                s.tool(),
                code,
                s.tenant(),
                s.sinceMillis(),
                s.untilMillis(),
                s.fingerprint(),
                s.letters()));
    }

    public LetterFilter tenant(String tenant) {
        Selection s = selection;
        return with(new Selection(
                s.server(),
                s.tool(),
                s.code(),
                tenant,
                s.sinceMillis(),
                s.untilMillis(),
                s.fingerprint(),
                s.letters()));
    }

    /** Calls that failed within this time: from the first instant on, before the last. */
    public LetterFilter between(@Nullable Instant since, @Nullable Instant until) {
        Selection s = selection;
        return with(new Selection(
                s.server(),
                s.tool(),
                s.code(),
                s.tenant(),
                since == null ? null : since.toEpochMilli(),
                until == null ? null : until.toEpochMilli(),
                s.fingerprint(),
                s.letters()));
    }

    /** Calls that failed alike, see {@link LetterGroup}. */
    public LetterFilter fingerprint(String fingerprint) {
        Selection s = selection;
        return with(new Selection(
                s.server(),
                s.tool(),
                s.code(),
                s.tenant(),
                s.sinceMillis(),
                s.untilMillis(),
                fingerprint,
                s.letters()));
    }

    /** These letters and no others. */
    public LetterFilter only(List<RecordPosition> letters) {
        Selection s = selection;
        return with(new Selection(
                s.server(),
                s.tool(),
                s.code(),
                s.tenant(),
                s.sinceMillis(),
                s.untilMillis(),
                s.fingerprint(),
                letters.stream().map(RecordPosition::toString).toList()));
    }

    /** The same letters, whatever was done about them. */
    public LetterFilter whateverWasDone() {
        return new LetterFilter(selection, Set.of(State.values()));
    }

    private LetterFilter with(Selection other) {
        return new LetterFilter(other, states);
    }

    public boolean matches(KeptLetter letter) {
        return states.contains(letter.state()) && isMeant(letter);
    }

    /** Apart from what was done about it. */
    boolean isMeant(KeptLetter letter) {
        return is(selection.server(), letter.server())
                && is(selection.tool(), letter.tool())
                && is(selection.code(), letter.letter().code())
                && is(selection.tenant(), letter.tenant())
                && (selection.sinceMillis() == null || letter.failedAtMillis() >= selection.sinceMillis())
                && (selection.untilMillis() == null || letter.failedAtMillis() < selection.untilMillis())
                && (selection.letters().isEmpty()
                        || selection.letters().contains(letter.position().toString()))
                && is(selection.fingerprint(), selection.fingerprint() == null ? null : letter.fingerprint());
    }

    private static boolean is(@Nullable String wanted, @Nullable String found) {
        return wanted == null || Objects.equals(wanted, found);
    }
}
