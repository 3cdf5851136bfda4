package io.toolstream.client.deadletters;

import io.toolstream.client.deadletters.KeptLetter.State;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayEntry.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: those for which all holds that is said here. Immutable; what is not said does not matter.
 *
 * <pre>{@code
 * LetterFilter meant = LetterFilter.OPEN.server("fs").code("connect-failed").between(outage, outage.plusSeconds(600));
 * List<String> causes = letters.groups(meant).stream()
 *         .map(group -> group.count() + " × " + group.code() + ", cause " + group.fingerprint())
 *         .toList();
 * }</pre>
 *
 * @param selection null fields: whichever
 * @param states what was done about them
 */
public record LetterFilter(Selection selection, Set<State> states) {
    private static final Selection WHICHEVER = new Selection(null, null, null, null, null, null, null, List.of());

    /** Those that nothing was done about. */
    public static final LetterFilter OPEN = new LetterFilter(WHICHEVER, Set.of(State.OPEN));

    /** All there are. */
    public static final LetterFilter ALL = new LetterFilter(WHICHEVER, Set.of(State.values()));

    public LetterFilter {
        states = Set.copyOf(states);
    }

    /** Calls of one server, also those that name it in the tool's name ({@code fs__read}) where a worker tells of both. */
    public LetterFilter server(String server) {
        return with(draft -> draft.server = server);
    }

    /** Calls of tools of this name, without the server's. */
    public LetterFilter tool(String tool) {
        return with(draft -> draft.tool = tool);
    }

    /** Calls that failed with this code, as replies have it: {@code connect-failed}. */
    public LetterFilter code(String code) {
        return with(draft -> draft.code = code);
    }

    /** Calls on behalf of this tenant. */
    public LetterFilter tenant(String tenant) {
        return with(draft -> draft.tenant = tenant);
    }

    /** Calls that failed within this time: from the first instant on, before the last; null: without such a bound. */
    public LetterFilter between(@Nullable Instant since, @Nullable Instant until) {
        return with(draft -> {
            draft.sinceMillis = since == null ? null : since.toEpochMilli();
            draft.untilMillis = until == null ? null : until.toEpochMilli();
        });
    }

    /** Calls that failed alike: 12 hex digits, see {@link LetterGroup}. */
    public LetterFilter fingerprint(String fingerprint) {
        return with(draft -> draft.fingerprint = fingerprint);
    }

    /** These letters and no others. */
    public LetterFilter only(List<RecordPosition> letters) {
        return with(draft ->
                draft.letters = letters.stream().map(RecordPosition::toString).toList());
    }

    /** The same letters, whatever was done about them. */
    public LetterFilter whateverWasDone() {
        return new LetterFilter(selection, Set.of(State.values()));
    }

    private LetterFilter with(Consumer<Draft> change) {
        Draft draft = new Draft(selection);
        change.accept(draft);
        return new LetterFilter(draft.selection(), states);
    }

    /** A selection while something of it changes. */
    private static final class Draft {
        private @Nullable String server;
        private @Nullable String tool;
        private @Nullable String code;
        private @Nullable String tenant;
        private @Nullable Long sinceMillis;
        private @Nullable Long untilMillis;
        private @Nullable String fingerprint;
        private List<String> letters;

        Draft(Selection before) {
            server = before.server();
            tool = before.tool();
            code = before.code();
            tenant = before.tenant();
            sinceMillis = before.sinceMillis();
            untilMillis = before.untilMillis();
            fingerprint = before.fingerprint();
            letters = before.letters();
        }

        Selection selection() {
            return new Selection(server, tool, code, tenant, sinceMillis, untilMillis, fingerprint, letters);
        }
    }

    /** Whether this letter is meant, and what was done about it, too. */
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
