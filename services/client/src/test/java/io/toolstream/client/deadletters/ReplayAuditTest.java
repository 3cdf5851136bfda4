package io.toolstream.client.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is on record about replays, and what they tell while they run. */
final class ReplayAuditTest {
    private static final TopicNames NAMES = TopicNames.DEFAULT;
    private static final ReplayListener SILENT = (sent, planned) -> {};
    private static final ReplayOrder ALL =
            ReplayOrder.of(LetterFilter.OPEN, "ann@host").withNote("fs is back").withCanary(0);

    private final FakeTopics topics =
            new FakeTopics(NAMES.calls(), NAMES.deadLetters(), NAMES.events(), NAMES.replays(), NAMES.catalogue());
    private final LetterTopics kept = new LetterTopics(topics);
    private final DeadLetters letters = open();

    @BeforeEach
    void tellOfTools() {
        kept.tool("read", "read");
    }

    private DeadLetters open() {
        return new DeadLetters(new Replay.Surroundings(
                topics, NAMES, InstantSource.fixed(Instant.ofEpochMilli(7)), () -> 0, nanos -> {}));
    }

    @Test
    void history_isWhoDidWhatWhenAndWhy() {
        RecordPosition letter = kept.keep("read", ErrorCode.TIMED_OUT, "no answer", 5);
        kept.keep("read", ErrorCode.TIMED_OUT, "no answer", 5);
        String replay = letters.replay(ALL, SILENT).plan();
        letters.resolve(LetterFilter.ALL.only(List.of(letter)), "bob", "done by hand");

        Deed sent = new Deed(7, "ann@host", "fs is back", new Deed.Sent(replay, ReplayIds.of(letter.toString(), 1)));
        assertThat(letters.history(letter)).containsExactly(sent, new Deed(7, "bob", "done by hand", null));
        assertThat(letters.history(new RecordPosition("x", 0, 0))).isEmpty();
    }

    @Test
    void history_ofACallThatAKilledReplayCouldNotTell_isToldOnce() {
        RecordPosition letter = kept.keep("read", ErrorCode.TIMED_OUT, "no answer", 5);
        topics.dieAfter(3); // the plan, how far it got, and the call
        letters.replay(ALL, SILENT);
        topics.dieAfter(Integer.MAX_VALUE);
        open().abandon(letters.unfinished().get(0).plan(), "bob");

        assertThat(letters.history(letter)).hasSize(1);
    }

    @Test
    void replays_areListedWithTheirEnds() {
        kept.keepMany("read", 2);
        String all = letters.replay(ALL, SILENT).plan();
        kept.keepMany("read", 2);
        topics.dieAfter(3); // the call is sent, and nothing told of it
        String killed = letters.replay(ALL, SILENT).plan();
        topics.dieAfter(Integer.MAX_VALUE);

        assertThat(letters.replays())
                .extracting(replay -> replay.planned().plan(), BegunReplay::sent, BegunReplay::isEnded)
                .containsExactly(tuple(all, 2L, true), tuple(killed, 0L, false));
        letters.abandon(killed, "bob");
        assertThat(letters.replays().get(1).stoppedBecause()).isEqualTo("abandoned");
    }

    @Test
    void preview_besideAKilledReplay_writesNothingAndKnowsWhatItSent() {
        kept.keepMany("read", 3);
        topics.dieAfter(3);
        letters.replay(ALL, SILENT);
        topics.dieAfter(0);

        assertThat(open().preview(ALL).counts())
                .isEqualTo(Map.of(Verdict.REPLAYED_BEFORE, 1L, Verdict.IN_ANOTHER_REPLAY, 2L));
    }

    @Test
    void report_tellsWhatWasLeftOutAndWhy() {
        kept.keep("read", ErrorCode.TIMED_OUT, "no answer", 5);
        kept.keep("pay", ErrorCode.TIMED_OUT, "no answer", 5);

        assertThat(letters.replay(ALL, SILENT).leftOut()).isEqualTo(Map.of(Verdict.NEEDS_CONFIRMATION, 1L));
        assertThat(letters.replay(ALL, SILENT).leftOut())
                .isEqualTo(Map.of(Verdict.NEEDS_CONFIRMATION, 1L, Verdict.REPLAYED_BEFORE, 1L));
    }

    @Test
    void trial_thatNobodyAnswers_isToldOfAndStopsTheReplay() {
        kept.keepMany("read", 3);
        List<String> told = new ArrayList<>();
        ReplayListener listener = new ReplayListener() {
            @Override
            public void awaitsTrial(long calls, Duration atMost) {
                told.add(calls + " for " + atMost.toMillis());
                Thread.currentThread().interrupt(); // nobody wants to wait that long
            }

            @Override
            public void sent(long sent, long planned) {}
        };

        ReplayReport report = letters.replay(ALL.withCanary(2).withTimeout(Duration.ofSeconds(1)), listener);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(told).containsExactly("2 for 11000");
        assertThat(report.sent()).isEqualTo(2);
        assertThat(report.canBeResumed()).isTrue();
    }
}
