package io.toolstream.client.deadletters;

import io.toolstream.client.deadletters.KeptLetter.State;
import io.toolstream.wire.Call;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.ReplayEntry.Terms;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decides about each dead letter what a replay does with it, and counts. For one thread. */
final class Selecting {
    /** Their positions are kept in memory. */
    private static final int MOST = 1_000_000;

    private final LetterFilter filter;
    private final Terms terms;
    private final ReplayLog log;
    private final OnceTools onceTools;
    private final Map<Integer, Long> ends;
    private final @Nullable String plan;
    private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    private final Grouping grouping = new Grouping();
    private final Set<RecordPosition> selected = new LinkedHashSet<>();
    private final Map<String, Set<Integer>> destinations = new HashMap<>();

    /**
     * @param ends letters at or beyond these offsets are not looked at
     * @param plan the replay that is gone on with; null for a new one
     */
    Selecting(
            LetterFilter filter,
            Terms terms,
            ReplayLog log,
            OnceTools onceTools,
            Map<Integer, Long> ends,
            @Nullable String plan) {
        this.plan = plan;
        this.filter = filter;
        this.terms = terms;
        this.log = log;
        this.onceTools = onceTools;
        this.ends = ends;
    }

    void accept(InboundRecord record) {
        RecordPosition position = record.position();
        if (position.offset() >= ends.getOrDefault(position.partition(), 0L)) {
            return;
        }
        KeptLetter.of(record, log).filter(filter::isMeant).ifPresent(letter -> {
            Verdict verdict = verdict(letter);
            counts.merge(verdict, 1L, Long::sum);
            if (verdict == Verdict.SENT_AGAIN) {
                select(letter);
            }
        });
    }

    private void select(KeptLetter letter) {
        if (selected.size() >= MOST) {
            throw new DeadLettersException(
                    "more than " + MOST + " dead letters are meant: narrow it down, by time for one");
        }
        selected.add(letter.position());
        grouping.add(letter);
        RecordPosition original = letter.letter().original().position();
        destinations
                .computeIfAbsent(original.topic(), unused -> new TreeSet<>())
                .add(original.partition());
    }

    private Verdict verdict(KeptLetter letter) {
        Call call = letter.call();
        if (letter.state() == State.RESOLVED) {
            return Verdict.RESOLVED;
        }
        if (call == null) {
            return Verdict.UNREADABLE;
        }
        if (letter.state() == State.REPLAYED && (!terms.isAgain() || isSentByThis(letter))) {
            return Verdict.REPLAYED_BEFORE;
        }
        if (letter.nextNumber() > ReplayOrder.MOST_REPLAYS) {
            return Verdict.REPLAYED_TOO_OFTEN;
        }
        return !terms.isConfirmed() && onceTools.mayRunOnce(call.target())
                ? Verdict.NEEDS_CONFIRMATION
                : Verdict.SENT_AGAIN;
    }

    private boolean isSentByThis(KeptLetter letter) {
        return plan != null && log.wasSentBy(plan, letter.position().toString());
    }

    ReplayPreview preview() {
        return new ReplayPreview(counts, grouping.groups());
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
