package io.toolstream.client.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.toolstream.client.deadletters.ReplayReport.Ending;
import io.toolstream.kafka.PublishException;
import io.toolstream.kafka.PublishException.Kind;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Event;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.Priority;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Status;
import io.toolstream.wire.TopicNames;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Letters whose calls came from a topic that is gone, not permitted, or takes them no longer. */
final class ClosedTopicsTest {
    private static final TopicNames NAMES = TopicNames.DEFAULT;
    private static final String TEAM = "team.calls";
    private static final ReplayListener SILENT = (sent, planned) -> {};
    private static final ReplayOrder ALL =
            ReplayOrder.of(LetterFilter.OPEN, "ann").withCanary(0);

    private final FakeTopics topics = new FakeTopics(
            NAMES.calls(), NAMES.deadLetters(), NAMES.events(), NAMES.replays(), NAMES.catalogue(), TEAM);
    private final LetterTopics kept = new LetterTopics(topics);
    private final List<Long> slept = new ArrayList<>();
    private final Set<String> refusedOnce = new HashSet<>();

    @BeforeEach
    void tellOfTools() {
        kept.tool("read", "read");
    }

    private DeadLetters open() {
        return new DeadLetters(new Replay.Surroundings(
                topics, NAMES, InstantSource.fixed(Instant.ofEpochMilli(7)), () -> 0, slept::add));
    }

    private RecordPosition keepOf(String topic) {
        InboundRecord usual = LetterTopics.original("{\"server\":\"fs\",\"tool\":\"read\"}", 0);
        InboundRecord original = new InboundRecord(
                new RecordPosition(topic, 0, 7),
                usual.timestampMillis(),
                usual.timestampType(),
                usual.key(),
                usual.value(),
                usual.headers());
        return kept.keep(original, ErrorCode.TIMED_OUT, "no answer", 5);
    }

    @Test
    void replay_ofCallsWhoseTopicIsGone_leavesThemAndSendsTheOthers() {
        RecordPosition first = keepOf(TEAM);
        kept.keepMany("read", 3);
        keepOf(TEAM);
        topics.delete(TEAM);

        ReplayPreview preview = open().preview(ALL);
        ReplayReport report = open().replay(ALL, SILENT);

        assertThat(preview.counts()).isEqualTo(Map.of(Verdict.SENT_AGAIN, 3L, Verdict.CANNOT_BE_SENT, 2L));
        assertThat(preview.refused()).isEqualTo(report.refused());
        assertThat(report.sent()).isEqualTo(3);
        assertThat(report.planned()).isEqualTo(3);
        assertThat(report.leftOut()).isEqualTo(Map.of(Verdict.CANNOT_BE_SENT, 2L));
        assertThat(report.refused())
                .containsExactly(
                        new Refused(TEAM, "there is no topic team.calls, or none that this user may see", 2, first));
        assertThat(report.end().ending()).isEqualTo(Ending.SOME_REFUSED);
        assertThat(report.canBeResumed()).isFalse();
        assertThat(open().unfinished()).isEmpty();
        assertThat(open().replays().get(0).stoppedBecause()).startsWith("2 letters not sent: there is no topic");
    }

    @Test
    void replay_onceTheTopicIsThereAgain_sendsWhatWasRefused() {
        keepOf(TEAM);
        topics.delete(TEAM);
        assertThat(open().replay(ALL, SILENT).sent()).isZero();

        topics.make(TEAM);

        assertThat(open().replay(ALL, SILENT).end().ending()).isEqualTo(Ending.ALL_SENT);
        assertThat(topics.all(TEAM)).hasSize(1);
    }

    @Test
    void replay_whoseTopicIsDeletedOnTheWay_goesOnWithTheOthers() {
        for (int i = 0; i < 5; i++) {
            keepOf(TEAM);
            kept.keepMany("read", 1);
        }

        ReplayReport report = open().replay(ALL, (sent, planned) -> {
            if (sent == 4) {
                topics.delete(TEAM);
            }
        });

        assertThat(report.end().ending()).isEqualTo(Ending.SOME_REFUSED);
        assertThat(report.sent()).isEqualTo(report.planned());
        assertThat(report.sent() + report.leftOut().getOrDefault(Verdict.CANNOT_BE_SENT, 0L))
                .isEqualTo(10);
        assertThat(topics.all(NAMES.calls())).hasSize(5);
        assertThat(open().unfinished()).isEmpty();
    }

    @Test
    void resume_looksForTheTopicAgain() {
        keepOf(TEAM);
        kept.keepMany("read", 2);
        topics.delete(TEAM);
        topics.dieAfter(3);
        String plan = open().replay(ALL, SILENT).plan();
        topics.dieAfter(Integer.MAX_VALUE);
        topics.make(TEAM);

        ReplayReport report = open().resume(plan, topic -> true, SILENT);

        assertThat(report.end().ending()).isEqualTo(Ending.ALL_SENT);
        assertThat(topics.all(TEAM)).hasSize(1);
        assertThat(topics.all(NAMES.calls())).hasSize(2);
    }

    @Test
    void killedReplay_whoseTopicIsGone_canBeGoneOnWithAndIsInNobodysWay() {
        keepOf(TEAM);
        kept.keepMany("read", 2);
        topics.dieAfter(3); // the plan, how far it got, and a call
        String plan = open().replay(ALL, SILENT).plan();
        topics.dieAfter(Integer.MAX_VALUE);
        topics.delete(TEAM);

        assertThat(open().preview(ALL).count(Verdict.IN_ANOTHER_REPLAY)).isPositive();
        assertThat(open().replay(ALL, SILENT).sent()).isZero();
        open().resume(plan, topic -> true, SILENT);

        assertThat(open().unfinished()).isEmpty();
        assertThat(topics.all(NAMES.calls())).hasSize(2);
    }

    @Test
    void killedReplay_whoseTopicIsGone_canBeAbandoned() {
        keepOf(TEAM);
        topics.dieAfter(2);
        try {
            open().replay(ALL, SILENT);
        } catch (FakeTopics.Killed killed) {
            topics.dieAfter(Integer.MAX_VALUE);
        }
        topics.delete(TEAM);

        open().abandon(open().unfinished().get(0).plan(), "bob");

        assertThat(open().unfinished()).isEmpty();
    }

    @Test
    void topic_thatABrokerHasNotHeardOfYet_isAskedForAgain() {
        keepOf(TEAM);
        DeadLetters letters = open();
        slept.clear();
        ReplayReport report = letters.replay(ALL, new ReplayListener() {
            @Override
            public void begun(String plan, long planned) {
                topics.refuse((topic, record) -> once(topic, record, Kind.DESTINATION));
                topics.blindFor(4);
            }

            @Override
            public void sent(long sent, long planned) {}
        });

        assertThat(report.end().ending()).isEqualTo(Ending.ALL_SENT);
        assertThat(topics.all(TEAM)).hasSize(1);
        assertThat(slept).hasSize(4).containsOnly(1_000_000_000L);
    }

    private @Nullable PublishException once(String topic, OutboundRecord record, Kind kind) {
        String letter = record.headers().lastText(HeaderNames.REPLAY_OF).orElse("");
        return topic.equals(NAMES.replays()) || !refusedOnce.add(letter)
                ? null
                : new PublishException(kind, "not now", null);
    }

    @Test
    void call_refusedForAMoment_isSentOnce() {
        kept.keepMany("read", 250);
        topics.refuse((topic, record) -> once(topic, record, Kind.DESTINATION));

        ReplayReport report = open().replay(ALL, SILENT);

        assertThat(report.end().ending()).isEqualTo(Ending.ALL_SENT);
        assertThat(report.sent()).isEqualTo(250);
        assertThat(topics.all(NAMES.calls())).hasSize(250);
    }

    @Test
    void topic_thatMayBeSeenAndNotWritten_isTriedTwiceAndLeft() {
        for (int i = 0; i < 300; i++) {
            keepOf(TEAM);
        }
        kept.keepMany("read", 3);
        AtomicInteger tries = new AtomicInteger();
        topics.refuse((topic, record) -> {
            if (!topic.equals(TEAM)) {
                return null;
            }
            tries.incrementAndGet();
            return new PublishException(Kind.DESTINATION, "not authorized: team.calls", null);
        });

        ReplayReport report = open().replay(ALL, SILENT);

        assertThat(report.sent()).isEqualTo(3);
        assertThat(report.refused()).hasSize(1);
        assertThat(report.refused().get(0).letters()).isEqualTo(300);
        assertThat(report.refused().get(0).why()).isEqualTo("not authorized: team.calls");
        assertThat(tries).hasValueLessThanOrEqualTo(600);
    }

    @Test
    void call_tooLargeForItsTopic_isLeftAndTheOthersGoOn() {
        kept.keepMany("read", 4);
        RecordPosition large = topics.all(NAMES.deadLetters()).get(1).position();
        topics.refuse((topic, record) ->
                record.headers().lastText(HeaderNames.REPLAY_OF).orElse("").equals(large.toString())
                        ? new PublishException(Kind.TOO_LARGE, "2 MiB and more", null)
                        : null);

        ReplayReport report = open().replay(ALL, SILENT);

        assertThat(report.sent()).isEqualTo(3);
        assertThat(report.refused()).containsExactly(new Refused(NAMES.calls(), "2 MiB and more", 1, large));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TRANSIENT", "FATAL"})
    void broker_thatIsSlow_isNotATopicThatIsGone(Kind kind) {
        kept.keepMany("read", 3);
        topics.refuse((topic, record) -> once(topic, record, kind));

        ReplayReport report = open().replay(ALL, SILENT);
        assertThat(report.end().ending()).isEqualTo(Ending.CANNOT_SEND);
        assertThat(report.stoppedBecause()).isEqualTo("cannot send: not now");
        assertThat(report.refused()).isEmpty();

        topics.refuse((topic, record) -> null);
        assertThat(open().resume(report.plan(), topic -> true, SILENT).end().ending())
                .isEqualTo(Ending.ALL_SENT);
        assertThat(topics.all(NAMES.calls())).hasSize(3);
    }

    @Test
    void broker_thatGoesAway_isNotATopicThatIsGone() {
        kept.keepMany("read", 3);
        topics.refuse((topic, record) -> once(topic, record, Kind.DESTINATION));
        topics.goAway();

        ReplayReport report = open().replay(ALL, SILENT);
        assertThat(report.end().ending()).isEqualTo(Ending.CANNOT_SEND);
        assertThat(report.stoppedBecause()).isEqualTo("cannot send: nobody answers");

        topics.comeBack();
        assertThat(open().resume(report.plan(), topic -> true, SILENT).end().ending())
                .isEqualTo(Ending.ALL_SENT);
        assertThat(topics.all(NAMES.calls())).hasSize(3);
    }

    /** Else nothing would be proven by the trial, and all the others would go out. */
    @Test
    void trial_whoseFirstCallsCannotBeSent_isMadeWithTheNext() {
        var unused = topics.follow(NAMES.calls(), this::fail);
        for (int i = 0; i < 3; i++) {
            keepOf(TEAM);
        }
        kept.keepMany("read", 9);
        topics.refuse((topic, record) ->
                topic.equals(TEAM) ? new PublishException(Kind.DESTINATION, "not authorized", null) : null);

        ReplayReport report = open().replay(ALL.withCanary(2), SILENT);

        assertThat(report.end().ending()).isEqualTo(Ending.TRIAL_FAILED);
        assertThat(report.sent()).isEqualTo(2);
        assertThat(topics.all(NAMES.calls())).hasSize(2);
    }

    private void fail(InboundRecord call) {
        String letter = call.headers().lastText(HeaderNames.REPLAY_OF).orElseThrow();
        Event event = new Event(
                new Event.Origin(call.position(), null),
                new Event.Subject(ReplayIds.of(letter, 1), "fs", "read", null, Priority.REPLAY),
                new Event.Ending(Status.FAILED, null, 1, "none", true, false),
                new Event.Times(0, 0, 0, 0),
                "worker-1",
                7);
        topics.put(NAMES.events(), 0, new EventCodec().encode(List.of(event)));
    }
}
