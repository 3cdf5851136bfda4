package io.toolstream.client.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.toolstream.client.deadletters.KeptLetter.State;
import io.toolstream.wire.Call;
import io.toolstream.wire.CallDecoder;
import io.toolstream.wire.DeadLetterCause;
import io.toolstream.wire.DeadLetterCodec;
import io.toolstream.wire.DecodedCall;
import io.toolstream.wire.ErrorCode;
import io.toolstream.wire.Event;
import io.toolstream.wire.EventCodec;
import io.toolstream.wire.HeaderNames;
import io.toolstream.wire.Headers;
import io.toolstream.wire.InboundRecord;
import io.toolstream.wire.OutboundRecord;
import io.toolstream.wire.Priority;
import io.toolstream.wire.RawJson;
import io.toolstream.wire.RecordPosition;
import io.toolstream.wire.Status;
import io.toolstream.wire.TopicNames;
import io.toolstream.wire.WireLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeadLettersTest {
    private static final TopicNames NAMES = TopicNames.DEFAULT;
    private static final long NOW = 1_800_000_100_000L;
    private static final ReplayListener SILENT = (sent, planned) -> {};

    private final FakeTopics topics =
            new FakeTopics(NAMES.calls(), NAMES.deadLetters(), NAMES.events(), NAMES.replays(), NAMES.catalogue());
    private final LetterTopics kept = new LetterTopics(topics);
    private final List<Long> slept = new ArrayList<>();
    private final DeadLetters letters = open();
    private Status ending = Status.OK;

    @BeforeEach
    void tellOfTools() {
        kept.tool("read", "read");
        kept.tool("pay", "once");
        // A worker ends each call at once and tells of it.
        var unused = topics.follow(NAMES.calls(), record -> {
            Event event = new Event(
                    new Event.Origin(record.position(), null),
                    new Event.Subject(call(record).id(), "fs", "read", null, Priority.REPLAY),
                    new Event.Ending(ending, null, 1, "none", true, false),
                    new Event.Times(0, 0, 0, 0),
                    "worker-1",
                    NOW);
            topics.put(NAMES.events(), 0, new EventCodec().encode(List.of(event)));
        });
    }

    @Test
    void letter_thatIsNotThere_isMissing() {
        for (RecordPosition nowhere : List.of(
                new RecordPosition("toolstream.dead-letters", 0, 1_000),
                new RecordPosition("toolstream.dead-letters", 99, 0))) {
            assertThatThrownBy(() -> letters.letter(nowhere))
                    .hasMessage("there is no dead letter " + nowhere)
                    .isInstanceOfSatisfying(
                            DeadLettersException.class,
                            failure -> assertThat(failure.isMissing()).isTrue());
        }
    }

    @Test
    void groups_whatFailedAlike_isCountedTogether() {
        kept.keep("read", ErrorCode.CONNECT_FAILED, "cannot connect to port 4411", 1_000);
        kept.keep("read", ErrorCode.CONNECT_FAILED, "cannot connect to port 4412", 3_000);
        kept.keep("list", ErrorCode.CONNECT_FAILED, "cannot connect to port 7", 2_000);
        kept.keep("read", ErrorCode.TIMED_OUT, "no answer", 4_000);

        List<LetterGroup> groups = letters.groups(LetterFilter.OPEN);

        assertThat(groups).hasSize(2);
        assertThat(groups.get(0).count()).isEqualTo(3);
        assertThat(groups.get(0).firstMillis()).isEqualTo(1_000);
        assertThat(groups.get(0).lastMillis()).isEqualTo(3_000);
        assertThat(groups.get(0).server()).isEqualTo("fs");
        assertThat(groups.get(0).tools()).containsOnly(Map.entry("read", 2L), Map.entry("list", 1L));
        assertThat(letters.groups(LetterFilter.OPEN.fingerprint(groups.get(0).fingerprint())))
                .hasSize(1);
    }

    @Test
    void groups_andFilters_agreeWithARecount() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        String[] tools = {"read", "list", "pay"};
        ErrorCode[] codes = {ErrorCode.CONNECT_FAILED, ErrorCode.TIMED_OUT, ErrorCode.BREAKER_OPEN};
        List<String[]> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String tool = tools[random.nextInt(tools.length)];
            ErrorCode code = codes[random.nextInt(codes.length)];
            long at = random.nextInt(10);
            kept.keep(tool, code, "failed after " + random.nextInt(1_000_000) + " ms", at);
            all.add(new String[] {tool, code.text(), String.valueOf(at)});
        }

        for (String tool : tools) {
            for (ErrorCode code : codes) {
                LetterFilter filter = LetterFilter.OPEN
                        .tool(tool)
                        .code(code.text())
                        .between(Instant.ofEpochMilli(2), Instant.ofEpochMilli(7));
                long expected = all.stream()
                        .filter(one -> one[0].equals(tool) && one[1].equals(code.text()))
                        .filter(one -> Long.parseLong(one[2]) >= 2 && Long.parseLong(one[2]) < 7)
                        .count();
                assertThat(letters.each(filter, letter -> {}))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
                assertThat(letters.groups(filter).stream()
                                .mapToLong(LetterGroup::count)
                                .sum())
                        .isEqualTo(expected);
            }
        }
        assertThat(letters.groups(LetterFilter.OPEN)).hasSize(codes.length);
        assertThat(letters.preview(ReplayOrder.of(LetterFilter.OPEN, "me")).counts())
                .isEqualTo(Map.of(
                        Verdict.SENT_AGAIN,
                                all.stream()
                                        .filter(one -> one[0].equals("read"))
                                        .count(),
                        Verdict.NEEDS_CONFIRMATION,
                                all.stream()
                                        .filter(one -> !one[0].equals("read"))
                                        .count()));
    }

    @Test
    void replay_sendsTheCallAsItWasUnderANewNameAndDeadline() {
        kept.keep("read", ErrorCode.TIMED_OUT, "no answer", 5);
        RecordPosition letter = kept.keep("read", ErrorCode.TIMED_OUT, "no answer", 5);

        ReplayReport report = letters.replay(
                ReplayOrder.of(LetterFilter.OPEN.only(List.of(letter)), "me")
                        .withTimeout(Duration.ofMinutes(1))
                        .withArguments(RawJson.ofText("{\"n\":2}")),
                SILENT);

        assertThat(report.stoppedBecause()).isNull();
        assertThat(report.sent()).isOne();
        InboundRecord sent = topics.all(NAMES.calls()).get(0);
        Call call = call(sent);
        assertThat(sent.position().partition()).isEqualTo(1);
        assertThat(sent.key()).isEqualTo("k1".getBytes(UTF_8));
        assertThat(text(sent, HeaderNames.REPLAY_OF)).isEqualTo(letter.toString());
        assertThat(text(sent, HeaderNames.REPLAYS)).isEqualTo("1");
        assertThat(text(sent, "x-mine")).isEqualTo("kept");
        assertThat(call.id()).isEqualTo(ReplayIds.of(letter.toString(), 1)).isNotEqualTo("c1");
        assertThat(call.arguments().text()).isEqualTo("{\"n\":2}");
        assertThat(call.options().priority()).isEqualTo(Priority.REPLAY);
        assertThat(call.options().deadlineMillis()).isEqualTo(NOW + 60_000);
        assertThat(call.route().topic()).isEqualTo("team.replies");
        assertThat(call.route().correlationId()).isEqualTo("corr-1".getBytes(UTF_8));
        assertThat(call.context().tenant()).isEqualTo("acme");
        assertThat(letters.letter(letter).state()).isEqualTo(State.REPLAYED);
    }

    @Test
    void replay_toAReplyTopicNoLongerPermitted_isAnsweredOnTheDefaultOne() {
        kept.keep("read", ErrorCode.TIMED_OUT, "no answer", 5);

        letters.replay(ReplayOrder.of(LetterFilter.OPEN, "me").withReplyTopics(topic -> false), SILENT);

        assertThat(call(topics.all(NAMES.calls()).get(0)).route().topic()).isNull();
    }

    @Test
    void replay_ofAMember_isAnsweredUnderItsOwnCorrelationId() {
        InboundRecord record = LetterTopics.original("{\"calls\":[]}", 0);
        DeadLetterCause cause = new DeadLetterCause(
                ErrorCode.TIMED_OUT,
                "no answer",
                1,
                5,
                "g",
                4,
                RawJson.ofText("{\"id\":\"m4\",\"server\":\"fs\",\"tool\":\"read\",\"correlationId\":\"own-4\"}"));
        topics.put(NAMES.deadLetters(), 0, new DeadLetterCodec().encode(record, cause));

        letters.replay(ReplayOrder.of(LetterFilter.OPEN, "me"), SILENT);

        assertThat(call(topics.all(NAMES.calls()).get(0)).route().correlationId())
                .isEqualTo("own-4".getBytes(UTF_8));
    }

    @Test
    void replay_whoseTrialFails_sendsNoOthers() {
        kept.keepMany("read", 20);
        ending = Status.FAILED;

        ReplayReport report =
                letters.replay(ReplayOrder.of(LetterFilter.OPEN, "me").withCanary(3), SILENT);

        assertThat(report.stoppedBecause()).contains("ended failed");
        assertThat(report.canBeResumed()).isFalse();
        assertThat(topics.all(NAMES.calls())).hasSize(3);
        assertThat(letters.unfinished()).isEmpty();
        assertThat(letters.preview(ReplayOrder.of(LetterFilter.OPEN, "me")).count(Verdict.REPLAYED_BEFORE))
                .isEqualTo(3);
    }

    @Test
    void replay_ofToolsThatRunOnce_needsConfirmation() {
        kept.keep("pay", ErrorCode.TIMED_OUT, "no answer", 5);
        kept.keep("unknown", ErrorCode.TIMED_OUT, "no answer", 5);
        ReplayOrder order = ReplayOrder.of(LetterFilter.OPEN, "me");

        assertThat(letters.replay(order, SILENT).sent()).isZero();
        assertThat(letters.replay(order.confirmed(), SILENT).sent()).isEqualTo(2);
    }

    @Test
    void replay_ofWhatWasReplayed_isNotDoneUnasked_andEndsAtTheGuard() {
        RecordPosition letter = kept.keep("read", ErrorCode.TIMED_OUT, "no answer", 5);
        ReplayOrder order = ReplayOrder.of(LetterFilter.OPEN, "me");

        assertThat(letters.replay(order, SILENT).sent()).isOne();
        assertThat(letters.replay(order, SILENT).sent()).isZero();
        assertThat(letters.replay(order.again(), SILENT).sent()).isOne();
        assertThat(letters.replay(order.again(), SILENT).sent()).isOne();
        assertThat(letters.replay(order.again(), SILENT).sent()).isZero();
        assertThat(letters.preview(order.again()).count(Verdict.REPLAYED_TOO_OFTEN))
                .isOne();
        assertThat(topics.all(NAMES.calls()).stream().map(record -> text(record, HeaderNames.REPLAYS)))
                .containsExactly("1", "2", "3");
        assertThat(letters.letter(letter).sentBefore()).isEqualTo(3);
    }

    @Test
    void replay_ofALetterThatCameFromAReplay_countsOn() {
        InboundRecord record = LetterTopics.original(
                "{\"id\":\"c\",\"server\":\"fs\",\"tool\":\"read\"}",
                0,
                LetterTopics.header(HeaderNames.REPLAY_OF, "x-0@1"),
                LetterTopics.header(HeaderNames.REPLAYS, "2"));
        kept.keep(record, ErrorCode.TIMED_OUT, "no answer", 5);

        letters.replay(ReplayOrder.of(LetterFilter.OPEN, "me"), SILENT);

        assertThat(text(topics.all(NAMES.calls()).get(0), HeaderNames.REPLAYS)).isEqualTo("3");
    }

    @Test
    void resume_afterAKillAnywhere_sendsEachCallOnce() {
        int calls = 7;
        int records = 2 * calls + 4;
        for (int lives = 1; lives <= records; lives++) {
            DeadLettersTest run = new DeadLettersTest();
            run.tellOfTools();
            run.killAndResume(lives, calls);
        }
    }

    private void killAndResume(int lives, int calls) {
        kept.keepMany("read", calls);
        ReplayOrder order = ReplayOrder.of(LetterFilter.OPEN, "me").withCanary(2);
        topics.dieAfter(lives);
        boolean wasKilled;
        try {
            wasKilled = letters.replay(order, SILENT).stoppedBecause() != null;
        } catch (FakeTopics.Killed e) {
            wasKilled = true;
        }
        topics.dieAfter(Integer.MAX_VALUE);
        kept.keepMany("read", 1); // came later: not meant by this replay

        DeadLetters another = open();
        if (wasKilled) {
            String plan = another.unfinished().get(0).plan();
            assertThat(another.resume(plan, topic -> true, SILENT).stoppedBecause())
                    .isNull();
        }

        Map<String, Long> sent = topics.all(NAMES.calls()).stream()
                .collect(Collectors.groupingBy(record -> text(record, HeaderNames.REPLAY_OF), Collectors.counting()));
        assertThat(sent).as("killed after %d records", lives).hasSize(calls);
        assertThat(sent.values()).as("killed after %d records", lives).containsOnly(1L);
        assertThat(another.unfinished()).isEmpty();
        assertThat(another.preview(order).counts())
                .isEqualTo(Map.of(Verdict.REPLAYED_BEFORE, (long) calls, Verdict.SENT_AGAIN, 1L));
    }

    @Test
    void replay_afterAKill_leavesOutWhatWasSentWithoutBeingTold() {
        kept.keepMany("read", 3);
        topics.dieAfter(3); // the plan, how far it got, and one call, of which nothing was told
        ReplayReport report =
                letters.replay(ReplayOrder.of(LetterFilter.OPEN, "me").withCanary(0), SILENT);
        assertThat(report.canBeResumed()).isTrue();
        topics.dieAfter(Integer.MAX_VALUE);

        ReplayOrder again = ReplayOrder.of(LetterFilter.OPEN, "you").withCanary(0);

        assertThat(open().replay(again, SILENT).sent()).as("left to the first").isZero();
        open().abandon(report.plan(), "you");
        assertThat(open().replay(again, SILENT).sent()).isEqualTo(2);
        assertThat(topics.all(NAMES.calls())).hasSize(3);
    }

    @Test
    void replay_isPacedAndToldOf() {
        kept.keepMany("read", 5);
        List<Long> told = new ArrayList<>();

        letters.replay(
                ReplayOrder.of(LetterFilter.OPEN, "me").atMostPerSecond(10),
                (sent, planned) -> told.add(sent * 100 + planned));

        assertThat(told).containsExactly(105L, 205L, 305L, 405L, 505L);
        assertThat(slept).hasSize(4).allMatch(nanos -> nanos > 0);
        assertThat(slept.get(3)).isEqualTo(400_000_000L);
    }

    @Test
    void resolve_putsAside() {
        RecordPosition letter = kept.keep("read", ErrorCode.TIMED_OUT, "no answer", 5);
        kept.keep("read", ErrorCode.CONNECT_FAILED, "no answer", 5);

        assertThat(letters.resolve(LetterFilter.OPEN.code("timed-out"), "me", "known"))
                .isOne();

        assertThat(letters.letter(letter).state()).isEqualTo(State.RESOLVED);
        assertThat(letters.each(LetterFilter.OPEN, one -> {})).isOne();
        assertThat(letters.each(LetterFilter.ALL, one -> {})).isEqualTo(2);
        assertThat(letters.preview(ReplayOrder.of(LetterFilter.OPEN, "me")).count(Verdict.RESOLVED))
                .isOne();
    }

    @Test
    void whatIsNoCall_isCountedAndNeverSent() {
        kept.keep(LetterTopics.original("{broken", 0), ErrorCode.TIMED_OUT, "no JSON", 5);
        topics.put(NAMES.deadLetters(), 0, new OutboundRecord(null, null, Headers.NONE));

        assertThat(letters.each(LetterFilter.ALL, one -> {})).isOne();
        assertThat(letters.preview(ReplayOrder.of(LetterFilter.OPEN, "me")).counts())
                .isEqualTo(Map.of(Verdict.UNREADABLE, 1L));
    }

    @Test
    void anything_withoutTheReplaysTopic_saysHowToMakeIt() {
        FakeTopics few = new FakeTopics(NAMES.calls(), NAMES.deadLetters());

        assertThatThrownBy(() -> open(few).resolve(LetterFilter.OPEN, "me", null))
                .isInstanceOf(DeadLettersException.class)
                .hasMessageContaining("topics create");
        assertThat(open(few).groups(LetterFilter.OPEN)).isEmpty();
    }

    @Test
    void cause_ofMessages_isTheSameButForWhatDiffersEachTime() {
        String one = "call 3f0c2a1e-0000-4000-8000-00000000abcd to \"a/b\" took 31.5 s";
        String other = "call 11112222-0000-4000-8000-00000000ffff to \"c\" took 7 s";

        assertThat(Cause.of("timed-out", "fs", one)).isEqualTo(Cause.of("timed-out", "fs", other));
        assertThat(Cause.of("timed-out", "fs", one).fingerprint())
                .isNotEqualTo(Cause.of("timed-out", "git", one).fingerprint())
                .isNotEqualTo(Cause.of("connect-failed", "fs", one).fingerprint())
                .hasSize(12);
    }

    private DeadLetters open() {
        return open(topics);
    }

    private DeadLetters open(Topics on) {
        return new DeadLetters(new Replay.Surroundings(
                on, NAMES, InstantSource.fixed(Instant.ofEpochMilli(NOW)), () -> 0, slept::add));
    }

    private static @Nullable String text(InboundRecord record, String header) {
        return record.headers().lastText(header).orElse(null);
    }

    private static Call call(InboundRecord record) {
        return ((DecodedCall.WellFormed) new CallDecoder(WireLimits.DEFAULT)
                        .decode(record)
                        .calls()
                        .get(0))
                .call();
    }
}
