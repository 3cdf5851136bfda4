package io.toolstream.client.deadletters;

import io.toolstream.client.deadletters.KeptLetter.State;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayEntry.Planned;
import io.toolstream.wire.ReplayEntry.Terms;
import io.toolstream.wire.Target;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides about each dead letter what a replay does with it, and counts. What a replay that was begun earlier and is not
 * finished would send is left to that. For one thread.
 */
final class Selecting {
    /** Their positions are kept in memory. */
    private static final int MOST = 1_000_000;

    private final LetterFilter filter;
    private final Terms terms;
    private final ReplayLog log;
    private final KnownTools tools;
    private final Destinations topics;
    private final Map<Integer, Long> ends;
    private final @Nullable String plan;
    private final List<Selecting> earlier;
    private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    private final Grouping grouping = new Grouping();
    private final Set<RecordPosition> selected = new LinkedHashSet<>();
    private final Map<String, Set<Integer>> destinations = new HashMap<>();
    private final Refusals refusals = new Refusals();

    private Selecting(
            LetterFilter filter,
            Terms terms,
            Map<Integer, Long> ends,
            @Nullable String plan,
            Done done,
            List<Selecting> earlier) {
        this.filter = filter;
        this.terms = terms;
        this.ends = ends;
        this.plan = plan;
        this.log = done.log();
        this.tools = done.tools();
        this.topics = done.destinations();
        this.earlier = earlier;
    }

    /** What is known beside the letters: what was done about them, what their tools are, and which topics are closed. */
    record Done(ReplayLog log, KnownTools tools, Destinations destinations) {}

    /**
     * For a replay that is not begun.
     *
     * @param ends letters at or beyond these offsets are not looked at
     */
    static Selecting of(LetterFilter filter, Terms terms, Map<Integer, Long> ends, Done done) {
        return new Selecting(filter, terms, ends, null, done, earlier(null, done));
    }

    /** For a replay that is begun. */
    static Selecting of(Planned planned, Done done) {
        return of(planned, done, earlier(planned.plan(), done));
    }

    private static Selecting of(Planned planned, Done done, List<Selecting> earlier) {
        Map<Integer, Long> ends = new HashMap<>();
        planned.letters().forEach(end -> ends.put(end.partition(), end.offset()));
        LetterFilter filter = new LetterFilter(planned.selection(), LetterFilter.ALL.states());
        return new Selecting(filter, planned.terms(), ends, planned.plan(), done, earlier);
    }

    private static List<Selecting> earlier(@Nullable String plan, Done done) {
        return done.log().unfinishedBefore(plan).stream()
                .map(planned -> of(planned, done, List.of()))
                .toList();
    }

    void accept(InboundRecord record) {
        RecordPosition position = record.position();
        if (isBeyond(position)) {
            return;
        }
        KeptLetter.of(record, log, tools).filter(filter::isMeant).ifPresent(letter -> {
            Verdict verdict = verdict(letter);
            counts.merge(verdict, 1L, Long::sum);
            if (verdict == Verdict.SENT_AGAIN) {
                select(letter);
            } else if (verdict == Verdict.CANNOT_BE_SENT) {
                refuse(letter);
            }
        });
    }

    private boolean isBeyond(RecordPosition position) {
        return position.offset() >= ends.getOrDefault(position.partition(), 0L);
    }

    private void select(KeptLetter letter) {
        if (selected.size() >= MOST) {
            throw new DeadLettersException(
                    "more than " + MOST + " dead letters are meant: narrow it down, by time for one");
        }
        selected.add(letter.position());
        grouping.add(letter);
        RecordPosition original = original(letter);
        destinations
                .computeIfAbsent(original.topic(), unused -> new TreeSet<>())
                .add(topics.partition(original.topic(), original.partition()));
    }

    private static RecordPosition original(KeptLetter letter) {
        return letter.letter().original().position();
    }

    /** A letter that was to be sent, whose topic is closed by now, is not; returns whether it is. */
    boolean refuseIfClosed(KeptLetter letter) {
        if (topics.closed(original(letter).topic()) == null) {
            return false;
        }
        unselect(letter);
        refuse(letter);
        return true;
    }

    /** A letter that was to be sent is not: its topic takes nothing as large. */
    void refuse(KeptLetter letter, String why) {
        unselect(letter);
        refusals.tooLarge(letter.position(), original(letter).topic(), why);
    }

    private void unselect(KeptLetter letter) {
        selected.remove(letter.position());
        counts.merge(Verdict.SENT_AGAIN, -1L, Long::sum);
        counts.merge(Verdict.CANNOT_BE_SENT, 1L, Long::sum);
    }

    private void refuse(KeptLetter letter) {
        String topic = original(letter).topic();
        refusals.closed(letter.position(), topic, String.valueOf(topics.closed(topic)));
    }

    private Verdict verdict(KeptLetter letter) {
        Target target = letter.target();
        if (letter.state() == State.RESOLVED) {
            return Verdict.RESOLVED;
        }
        if (target == null) {
            return Verdict.UNREADABLE;
        }
        if (letter.state() == State.REPLAYED && (!terms.isAgain() || isSentByThis(letter))) {
            return Verdict.REPLAYED_BEFORE;
        }
        if (earlier.stream().anyMatch(other -> other.wouldSend(letter))) {
            return Verdict.IN_ANOTHER_REPLAY;
        }
        if (letter.nextNumber() > ReplayOrder.MOST_REPLAYS) {
            return Verdict.REPLAYED_TOO_OFTEN;
        }
        if (!terms.isConfirmed() && tools.mayRunOnce(target)) {
            return Verdict.NEEDS_CONFIRMATION;
        }
        return topics.closed(original(letter).topic()) == null ? Verdict.SENT_AGAIN : Verdict.CANNOT_BE_SENT;
    }

    private boolean wouldSend(KeptLetter letter) {
        return !isBeyond(letter.position()) && filter.isMeant(letter) && verdict(letter) == Verdict.SENT_AGAIN;
    }

    private boolean isSentByThis(KeptLetter letter) {
        return plan != null && log.wasSentBy(plan, letter.position().toString());
    }

    /** Of letters that are meant and not sent, by why. */
    Map<Verdict, Long> leftOut() {
        Map<Verdict, Long> leftOut = new EnumMap<>(counts);
        leftOut.remove(Verdict.SENT_AGAIN);
        return leftOut;
    }

    ReplayPreview preview() {
        return new ReplayPreview(counts, grouping.groups(), refusals.all());
    }

    /** Letters that would be sent if their topics took them. */
    List<Refused> refused() {
        return refusals.all();
    }

    /** Positions of the letters to be sent. */
    Set<RecordPosition> selected() {
        return selected;
    }

    /** Topics, and partitions of them, that calls will be sent to. */
    Map<String, Set<Integer>> destinations() {
        return destinations;
    }

    /** Where the first letter to be sent stands in each partition. */
    Map<Integer, Long> beginnings() {
        Map<Integer, Long> beginnings = new HashMap<>();
        selected.forEach(letter -> beginnings.merge(letter.partition(), letter.offset(), Math::min));
        return beginnings;
    }
}
